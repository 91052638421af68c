package dev.sentrybroadcast.function;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class WiringTest {

  /** It is written down twice: a deployed function has no pom.xml to read it from. */
  @Test
  void version_isThePoms() {
    String pom = Template.text("pom.xml");
    String project = pom.substring(pom.indexOf("<artifactId>sentry-broadcast</artifactId>"));

    assertThat(project.substring(project.indexOf("<version>") + 9, project.indexOf("</version>")))
        .isEqualTo(Wiring.VERSION);
  }
}
