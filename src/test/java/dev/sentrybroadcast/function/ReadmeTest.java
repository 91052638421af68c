package dev.sentrybroadcast.function;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sentrybroadcast.delivery.Counter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** That README says what is so. */
final class ReadmeTest {

  private static final String README = read(Path.of("README.md"));
  private static final Pattern SETTING = Pattern.compile("(?m)^\\| `([A-Z_]+)` \\|(.*?)\\|");
  private static final Pattern LINK = Pattern.compile("\\]\\((?!https?:)([^)#]+)");

  @Test
  void settings_ofTheTable_areThoseOfTheCode() {
    assertThat(defaults().keySet()).containsExactlyElementsOf(SettingNames.ALL);
  }

  @Test
  void defaults_ofTheTable_areThoseOfTheCode() {
    assertThat(Settings.from(defaults()).toString()).isEqualTo(Settings.from(Map.of()).toString());
  }

  @Test
  void commands_ofTheFirstScreen_areWhatContinuousIntegrationRuns() {
    List<String> commands =
        README.lines().filter(line -> line.startsWith("./mvnw")).limit(2).toList();

    assertThat(commands).containsExactly("./mvnw -Plocal", "./mvnw verify");
    assertThat(read(Path.of(".ci", "run"))).contains(commands.get(0) + " ", commands.get(1));
  }

  @Test
  void links_intoTheRepository_leadSomewhere() {
    List<String> links = LINK.matcher(README).results().map(link -> link.group(1)).toList();

    assertThat(links).isNotEmpty().allSatisfy(link -> assertThat(Path.of(link)).exists());
  }

  @Test
  void metrics_thatAreNamed_exist() {
    assertThat(README).contains(InvocationLog.NAMESPACE);
    for (Counter metric : List.of(Counter.AUTH_REJECTED, Counter.LAST_GOOD_SERVED)) {
      assertThat(README).contains("`" + metric.label + "`");
    }
  }

  /** Setting to default, as the table has them. */
  private static Map<String, String> defaults() {
    Map<String, String> defaults = new LinkedHashMap<>();
    for (MatchResult row : SETTING.matcher(README).results().toList()) {
      if (!row.group(1).startsWith("AWS_")) {
        defaults.put(row.group(1), row.group(2).strip().replace("`", ""));
      }
    }
    return defaults;
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new AssertionError(file + " cannot be read", e);
    }
  }
}
