package dev.sentrybroadcast.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The console's page in a real browser, over a whole local run, as a person uses it. */
@Tag("slow")
@EnabledIf(
    value = "dev.sentrybroadcast.local.WebDriver#isInstalled",
    disabledReason = "chromium and chromedriver are not both on the PATH")
final class ConsoleIT {

  /** A question, tools that ran before the answer, and a second question with its history. */
  private static final String TWO_TURNS =
      """
      [{"id": "museum-1", "model": "gpt-5.4", "session_id": "museum-visit", "user": "visitor-12",
        "started_at": "2026-11-20T12:00:00Z", "ended_at": "2026-11-20T12:00:01Z",
        "messages": [{"role": "user", "content": "Is the museum open today?"}],
        "choices": [{"finish_reason": "tool_calls", "message": {"role": "assistant", "content": null,
          "tool_calls": [{"id": "c1", "type": "function",
            "function": {"name": "opening_hours", "arguments": "{\\"day\\": \\"Friday\\"}"}}]}}],
        "usage": {"prompt_tokens": 40, "completion_tokens": 12}, "cost": {"total": 0.0004},
        "tool_executions": [{"id": "c1", "name": "opening_hours", "arguments": {"day": "Friday"},
          "result": {"opens": "10:00", "closes": "18:00"},
          "started_at": "2026-11-20T12:00:01.100Z", "ended_at": "2026-11-20T12:00:01.300Z"}],
        "trace": {"trace_name": "Museum Guide"}},
       {"id": "museum-2", "model": "gpt-5.4", "session_id": "museum-visit", "user": "visitor-12",
        "started_at": "2026-11-20T12:00:02Z", "ended_at": "2026-11-20T12:00:03Z",
        "messages": [{"role": "user", "content": "Is the museum open today?"},
          {"role": "assistant", "content": null, "tool_calls": [{"id": "c1", "type": "function",
            "function": {"name": "opening_hours", "arguments": "{\\"day\\": \\"Friday\\"}"}}]},
          {"role": "tool", "tool_call_id": "c1", "content": "10:00 to 18:00"}],
        "choices": [{"finish_reason": "stop", "message": {"role": "assistant",
          "reasoning": "The tool says ten to six.", "content": "From ten to six."}}],
        "usage": {"prompt_tokens": 70, "completion_tokens": 30}, "cost": {"total": 0.0007},
        "trace": {"trace_name": "Museum Guide"}},
       {"id": "museum-3", "model": "gpt-5.4", "session_id": "museum-visit", "user": "visitor-12",
        "started_at": "2026-11-20T12:01:00Z", "ended_at": "2026-11-20T12:01:01Z",
        "messages": [{"role": "user", "content": "Is the museum open today?"},
          {"role": "assistant", "content": "From ten to six."},
          {"role": "user", "content": "When does it close?"}],
        "choices": [{"finish_reason": "stop", "message": {"role": "assistant",
          "content": "It closes at six."}}],
        "usage": {"prompt_tokens": 90, "completion_tokens": 8}, "cost": {"total": 0.0003},
        "trace": {"trace_name": "Museum Guide"}}]\
      """;

  private static ConsoleScene scene;
  private static Browser browser;

  @BeforeAll
  static void startRunAndBrowser() throws IOException {
    scene = ConsoleScene.start();
    browser = scene.browser();
  }

  @AfterAll
  static void endBoth() {
    if (scene != null) {
      scene.close();
    }
  }

  @BeforeEach
  void openPage() {
    browser.size(1440, 900);
    browser.scheme("light");
    browser.open("about:blank");
    browser.open(scene.address());
    browser.awaitText("#trace-list", "Error Analysis Agent");
  }

  @AfterEach
  void everythingStayedHere() {
    assertThat(browser.consoleLines()).as("console").isEmpty();
    assertThat(browser.requested())
        .as("requests")
        .isNotEmpty()
        .filteredOn(url -> !url.equals("about:blank"))
        .allMatch(url -> url.startsWith(scene.address()));
  }

  @Test
  void sentryView_conversationOfSeveralRecords_transcriptTotalsAndNoFaults() throws IOException {
    browser.click("nav a[href='#conversations']");
    browser.click("#conversation-list a", "Debug this error...");
    browser.click("[role=tab]", "As Sentry shows it");
    browser.awaitText("#transcript", "Elbe, Rhine, Danube.");

    String rows =
        browser
            .script(
                "return [...document.querySelectorAll('#transcript [data-row]')].map((row) =>"
                    + " '  ' + row.dataset.row + ': ' + row.querySelector('p').innerText)"
                    + ".join('\\n')")
            .text();
    assertThat(Path.of("src/test/resources/golden/sentry-view/events.txt"))
        .content()
        .contains(rows);
    assertThat(browser.text("#conversation-detail"))
        .contains("user_12345", "2 LLM calls", "Agents", "Models", "gpt-4o-2024-08-06")
        .contains("Nothing: all of it is shown.");

    browser.click("#transcript a", "trace");

    browser.awaitText("#trace-detail h2", "Error Analysis Agent");
  }

  @Test
  void sentryView_toolsBetweenTwoGenerations_standInTheTurnOfTheSecond() throws IOException {
    browser.click("nav a", "Send a record");
    browser.fill("#record", TWO_TURNS);
    browser.click("#send-record");
    browser.awaitText("#sent", "Delivered");
    browser.click("nav a[href='#conversations']");
    browser.click("#conversation-list a", "Is the museum open today?");
    browser.click("[role=tab]", "As Sentry shows it");
    browser.awaitText("#transcript", "It closes at six.");

    assertThat(browser.text("#transcript"))
        .contains("Thinking", "opening_hours", "From ten to six.")
        .doesNotContain("In no turn");
    browser.click("#transcript summary", "opening_hours");
    browser.awaitText("#transcript", "\"closes\": \"18:00\"");
    assertThat(browser.text("#conversation-detail"))
        .contains("visitor-12", "3 LLM calls", "agents: Museum Guide", "opening_hours");
    picture("sentry-view", "light");
  }

  @Test
  void conversation_ofSeveralRecords_eachSaysWhatIsNewAndNamesItsTrace() {
    browser.click("nav a", "Send a record");
    browser.fill("#record", TWO_TURNS);
    browser.click("#send-record");
    browser.awaitText("#sent", "Delivered");
    browser.click("nav a[href='#conversations']");
    browser.click("#conversation-list a", "Is the museum open today?");
    browser.awaitText("#conversation-panel", "It closes at six.");

    String all = browser.text("#conversation-panel");
    assertThat(all.split("Is the museum open today[?]", -1)).as("the question, once").hasSize(2);
    assertThat(all)
        .containsSubsequence(
            "calls opening_hours",
            "ran",
            "\"closes\": \"18:00\"",
            "sent again",
            "From ten to six.",
            "sent again",
            "When does it close?",
            "It closes at six.")
        .contains("70 → 30 tokens", "$0.0007", "gpt-5.4");

    browser.click("#conversation-panel .record:last-child a", "trace");

    browser.awaitText("#span-detail", "It closes at six.");
  }

  @Test
  void sentryView_privateConversation_isUntitled() {
    browser.click("nav a[href='#conversations']");
    browser.click("#conversation-list a", "privacy mode");
    browser.click("[role=tab]", "As Sentry shows it");

    browser.awaitText("#conversation-detail h2", "Untitled conversation");
    browser.awaitText("#transcript", "<not reported>");
  }

  @Test
  void preview_redacted_hasNoPersonalData() {
    browser.click("nav a", "Send a record");
    browser.fill(
        "#record",
        """
        {"model": "openai/gpt-4o", "input": "Write to ada@example.org", "usage": {"prompt_tokens": 3}}\
        """);

    browser.awaitText("#preview-redacted", "Write to [email]");
    assertThat(browser.text("#preview-open")).contains("ada@example.org");
    assertThat(browser.text("#preview-redacted")).doesNotContain("ada@example.org");
  }

  @Test
  void send_sample_previewedInEachModeAndFollowedToItsTrace() {
    browser.click("nav a", "Send a record");
    browser.awaitText("#preview-open", "Where is order 4711?");
    browser.awaitText("#preview-redacted", "Where is order 4711?");
    browser.awaitText("#preview-private", "left out");
    assertThat(browser.text("#preview-private"))
        .contains("gen_ai.usage.input_tokens", "241")
        .doesNotContain("Where is order 4711?");

    browser.click("#send-record");
    browser.awaitText("#sent", "Delivered.");
    browser.click("#open-trace");

    browser.awaitText("#trace-detail h2", "Support Agent");
    assertThat(browser.text("#trace-list li:first-child")).contains("Support Agent");

    browser.click("nav a", "Send a record");
    browser.click("#send-record");

    browser.awaitText("#sent", "the same ids as before, so Sentry stores it once");
  }

  @Test
  void send_metadataLikeASecret_isNamed() {
    browser.click("nav a", "Send a record");
    browser.fill(
        "#record",
        """
        {"model": "m", "messages": [{"role": "user", "content": "Hello?"}],
         "usage": {"prompt_tokens": 1},
         "trace": {"trace_name": "t", "author": "Ada", "max_tokens": 5, "team": "search"}}\
        """);

    browser.awaitText("#record-hidden", "trace.metadata.author");
    assertThat(browser.text("#record-hidden"))
        .contains("trace.metadata.max_tokens")
        .doesNotContain("Ada", "team");
  }

  @Test
  void send_malformed_pathShownAndReturnFollowed() {
    browser.click("nav a", "Send a record");
    browser.fill("#record", "{\"model\": \"openai/gpt-4o\"}");
    browser.awaitText("#record-errors", "expected");
    browser.fill("#record", "{\"model\":\n \"ä\" oops}");
    browser.awaitText("#record-errors", "expected JSON (broken at line 2, column ");
    browser.click("#go-to-error");
    assertThat(
            Integer.parseInt(browser.script("return document.activeElement.selectionStart").text()))
        .as("in the second line, behind its text")
        .isBetween(14, 18);

    browser.click("#send-record");

    browser.awaitText("#sent", "Came back, receive 1: malformed: $: expected JSON");
    browser.click("#open-message");
    browser.awaitText("#reasons", "malformed: $: expected JSON (broken at line 2, column ");
    browser.awaitText("#message-detail", "oops");
    browser.click("#edit-body");
    browser.await("the editor", () -> value("#record").contains("oops"));
  }

  @Test
  void send_eventPastedWhole_saysToPasteTheBodyAndTakesIt() {
    browser.click("nav a", "Send a record");
    browser.fill("#record", "{\"Records\": [{\"messageId\": \"1\", \"body\": \"{\\\"a\\\":1}\"}]}");
    browser.awaitText("#record-errors", "paste the `body`");

    browser.click("#use-body");

    browser.await("the body", () -> value("#record").equals("{\n  \"a\": 1\n}"));
  }

  @Test
  void send_unknownDestination_saidBeforeItIsSent() {
    browser.click("nav a", "Send a record");
    browser.fill(
        "#record",
        "{\"destination\": \"nowhere\", \"model\": \"m\", \"usage\": {\"prompt_tokens\": 1}}");

    browser.awaitText("#record-errors", "There is no destination nowhere: there are default, ");
  }

  @Test
  void send_overOneMebibyte_saidOnce() {
    browser.click("nav a", "Send a record");
    browser.script(
        "const it = document.querySelector('#record'); it.value = '\"' + 'x'.repeat(1 << 20) + '\"';"
            + "it.dispatchEvent(new Event('input'))");

    browser.awaitText("#record-errors", "It has 1,048,578 bytes.");
    assertThat(browser.script("return document.querySelector('#send-record').disabled").asBoolean())
        .isTrue();
    assertThat(browser.text("#part-send").split("1,048,578", -1)).hasSize(2);
  }

  @Test
  void send_correctedRecord_saidAtItsTrace() {
    browser.click("nav a", "Send a record");
    browser.fill(
        "#record",
        """
        {"model": "m", "messages": [{"role": "user", "content": "Hello?"}], "modle": 2,
         "usage": {"prompt_tokens": "many", "completion_tokens": 1},
         "trace": {"trace_name": "Half read"}}\
        """);
    browser.awaitText("#record-hidden", "modle: no field that is read");
    browser.click("#send-record");
    browser.awaitText("#sent", "Delivered");
    browser.click("#open-trace");

    browser.awaitText("#trace-notes", "usage.prompt_tokens: dropped, its value cannot be read");
    assertThat(browser.text("#trace-notes")).contains("modle: no field that is read");
    assertThat(scene.shown())
        .contains("! usage.prompt_tokens: dropped", "! modle: no field that is read");
    browser.awaitText(".wf-row[aria-selected=true]", "– → 1");
  }

  @Test
  void send_markupInEveryText_staysText() {
    String markup = "<img src=x onerror=window.broken=1><script>window.broken=1</script>";
    browser.click("nav a", "Send a record");
    browser.fill(
        "#record",
        """
        {"id": "M", "model": "M", "provider": "M", "user": "M", "session_id": "M",
         "messages": [{"role": "M", "content": "M"}],
         "choices": [{"finish_reason": "M", "message": {"role": "assistant", "content": "M",
           "tool_calls": [{"id": "M", "type": "function", "function": {"name": "M", "arguments": "M"}}]}}],
         "error": {"type": "M", "message": "M"}, "usage": {"prompt_tokens": 1},
         "tool_executions": [{"name": "M", "arguments": {"M": "M"}, "result": "M"}],
         "trace": {"trace_name": "Markup M", "generation_name": "M", "M": "M"}}\
        """
            .replace("\"M\"", "\"" + markup + "\"")
            .replace("Markup M", "Markup " + markup));
    browser.awaitText("#preview-open", markup);
    browser.click("#send-record");
    browser.awaitText("#sent", "Delivered");
    browser.click("#open-trace");
    browser.awaitText("#trace-detail h2", markup);
    browser.awaitText(".chat", markup);

    assertThat(browser.script("return document.querySelectorAll('img, main script').length").text())
        .isEqualTo("0");
    assertThat(browser.script("return window.broken === undefined").asBoolean()).isTrue();
  }

  @Test
  void connection_refusedKeyThenGood_eachCheckShownAndSavedDestinationUsed() {
    browser.click("nav a", "Test a connection");
    browser.click("#fill-refused");
    browser.await("the form", () -> !value("#dsn").isEmpty());
    browser.click("#test");
    browser.awaitText("#connection-result", "Failed.");
    assertThat(browser.text("[data-check=accept]")).contains("failed", "403", "→");
    assertThat(browser.text("[data-check=reach]")).contains("passed");

    browser.click("#fill-good");
    browser.await("the other key", () -> !value("#dsn").contains("bad@"));
    browser.click("#send-sample");
    browser.click("#test");
    browser.awaitText("#connection-result", "Passed.");
    assertThat(browser.text("[data-check=sample]")).contains("passed");

    browser.click("#save");
    browser.awaitText("#outcome", "Saved as mine");

    browser.click("nav a", "Send a record");
    browser.fill(
        "#record",
        """
        {"destination": "mine", "model": "m", "messages": [{"role": "user", "content": "Hello?"}],
         "usage": {"prompt_tokens": 1}, "trace": {"trace_name": "To my destination"}}\
        """);
    browser.click("#send-record");
    browser.awaitText("#sent", "Delivered");
    browser.click("#open-trace");
    browser.awaitText("#trace-detail", "destination mine");
  }

  @Test
  void connection_garbage_saidByTheFirstChecks() {
    browser.click("nav a", "Test a connection");
    browser.type("#endpoint", "http://169.254.169.254/latest");
    browser.type("#dsn", "nonsense");
    browser.click("#test");

    browser.awaitText("#connection-result", "Failed.");
    assertThat(browser.text("[data-check=dsn]")).contains("failed");
    assertThat(browser.text("[data-check=endpoint]")).contains("failed");
    assertThat(browser.text("[data-check=accept]")).contains("skipped");
  }

  @Test
  void faults_sentryBroken_messagesWaitAndAreDeliveredOnceItIsMended() {
    browser.click("nav a", "Faults");
    browser.awaitText("#sum", "none is lost");
    int delivered = count("Delivered");
    int returned = count("Came back");
    browser.click("input[value=broken]");
    browser.awaitText("#notice", "Fault: Sentry gives 500");
    browser.click("#burst");
    browser.await("5 came back", () -> count("Came back") >= returned + 5);
    assertThat(count("Delivered")).isEqualTo(delivered);
    assertThat(count("In flight") + count("Waiting")).isGreaterThanOrEqualTo(5);

    browser.click("input[value=none]");

    browser.await("5 more delivered", () -> count("Delivered") == delivered + 5);
    browser.awaitText("#sum", "none is lost");
    assertThat(browser.text("#notice")).isEmpty();
  }

  @Test
  void faults_rotatedKey_deliveredWithTheNewOne() {
    browser.click("nav a", "Faults");
    browser.awaitText("#key-line", "of the secret");
    int delivered = count("Delivered");
    String before = browser.text("#key-line");
    browser.click("#rotate");
    browser.await("another key", () -> !browser.text("#key-line").equals(before));
    browser.click("#burst");

    browser.await("5 more delivered", () -> count("Delivered") == delivered + 5);
  }

  @Test
  void faults_rateLimited_hiddenForAsLongAsSentryAsked() {
    browser.click("nav a", "Faults");
    browser.awaitText("#sum", "none is lost");
    int delivered = count("Delivered");
    browser.fill("#retry-after", "6");
    browser.click("input[value=rate-limited]");
    browser.awaitText("#notice", "429");
    browser.click("#burst");
    browser.await("hidden", () -> count("In flight") >= 5);

    browser.click("input[value=none]");

    browser.await("5 more delivered", () -> count("Delivered") == delivered + 5);
  }

  @ParameterizedTest
  @CsvSource({
    "GET / HTTP/1.1|Host: evil.example, 403",
    "POST /api/rotate HTTP/1.1|Host: HERE|Content-Type: application/json|Content-Length: 0, 403",
    "GET /../../pom.xml HTTP/1.1|Host: HERE, 404",
    "GET /main.js HTTP/1.1|Host: HERE, 200",
  })
  void server_anyCaller_onlyItsOwnPageMayAct(String request, int status) throws IOException {
    String answer = scene.answer(request.replace("HERE", "127.0.0.1:" + scene.port()));

    assertThat(answer)
        .startsWith("HTTP/1.1 " + status)
        .containsIgnoringCase("content-security-policy: default-src 'none'");
  }

  private static void picture(String name, String scheme) throws IOException {
    String folder = System.getProperty("console.screenshots");
    if (folder != null) {
      Path file = Path.of(folder, "console-" + name + "-" + scheme + ".png");
      Files.createDirectories(file.getParent());
      browser.screenshot(file);
    }
  }

  private static int count(String title) {
    String text = browser.text("[data-count='" + title + "'] .big");
    return text.isEmpty() ? -1 : Integer.parseInt(text);
  }

  private static String value(String css) {
    return browser.script("return document.querySelector(arguments[0]).value", css).text();
  }
}
