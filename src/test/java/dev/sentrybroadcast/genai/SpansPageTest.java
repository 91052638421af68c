package dev.sentrybroadcast.genai;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sentrybroadcast.genai.content.SpanText;
import dev.sentrybroadcast.generation.ApiType;
import dev.sentrybroadcast.generation.Generations;
import dev.sentrybroadcast.generation.SpanRole;
import io.opentelemetry.api.common.AttributeKey;
import java.io.IOException;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The page for users says what the code does. */
final class SpansPageTest {

  private String page = "";

  @BeforeEach
  void read() throws IOException {
    page = Files.readString(Path.of("docs/spans.md"));
  }

  @Test
  void workedExample_isWhatTheRuleGives() {
    SpanIds ids = new SpanIds(id("trace"), "gen-1763640000-8f3a");
    assertThat(id("trace")).isEqualTo(SpanIds.traceId(Generations.openRouterExample()));
    assertThat(id("root")).isEqualTo(ids.spanId("root"));
    assertThat(id("span")).isEqualTo(ids.spanId("span"));
    assertThat(id("generation")).isEqualTo(ids.spanId("generation"));
    assertThat(id("attempt:1")).isEqualTo(ids.spanId("attempt:1"));
    assertThat(id("tool:1")).isEqualTo(ids.spanId("tool:1"));
    assertThat(id("issue")).isEqualTo(SpanIds.issueEventId(ids.spanId("generation")));
  }

  @Test
  void attributes_areAllNamed() throws IllegalAccessException {
    for (Field field : SpanAttributes.class.getDeclaredFields()) {
      if (!Modifier.isPrivate(field.getModifiers())
          && field.get(null) instanceof AttributeKey<?> key) {
        assertThat(page.contains("`" + key.getKey() + "`")).as(key.getKey()).isTrue();
      }
    }
  }

  @Test
  void operations_areAllListed() {
    for (ApiType type : ApiType.values()) {
      String operation = SpanRole.of(type).name();
      assertThat(page).contains("`" + operation + "` | `gen_ai." + operation + "`");
    }
  }

  @Test
  void bounds_areTheCodes() {
    assertThat(page)
        .contains("at most " + SpanText.NAME_CHARACTERS + " characters; line breaks")
        .contains(
            String.format(
                Locale.ROOT,
                "at most %,d characters (metadata %,d)",
                SpanText.ATTRIBUTE_CHARACTERS,
                CommonAttributes.METADATA_VALUE_CHARACTERS))
        .contains(
            String.format(
                Locale.ROOT,
                "at most %,d attempt and %,d tool spans",
                TreeSize.MOST_ATTEMPTS,
                TreeSize.MOST_TOOLS))
        .contains("4 × `MAX_SPAN_BYTES`, at most 2 MiB");
    assertThat(new ContentLimits(65_536, 1_000).treeBytes(0)).isEqualTo(4_000);
    assertThat(new ContentLimits(65_536, 1 << 30).treeBytes(0)).isEqualTo(2 << 20);
  }

  /** The id in a row of the worked example. */
  private String id(String what) {
    String row = "\n| " + what + " | `";
    int from = page.indexOf(row);
    assertThat(from).as(what).isNotNegative();
    return page.substring(from + row.length(), page.indexOf('`', from + row.length()));
  }
}
