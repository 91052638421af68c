package dev.sentrybroadcast.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;

/** Reading traces in the console, as a person does it. */
@Tag("slow")
@EnabledIf(
    value = "dev.sentrybroadcast.local.WebDriver#isInstalled",
    disabledReason = "chromium and chromedriver are not both on the PATH")
final class ConsoleTracesIT {

  private static final String TAB = "\ue004";
  private static final String ENTER = "\ue007";
  private static final String END = "\ue010";
  private static final String HOME = "\ue011";
  private static final String LEFT = "\ue012";
  private static final String DOWN = "\ue015";

  private static ConsoleScene scene;
  private static Browser browser;

  @BeforeAll
  static void startRunAndBrowser() throws IOException {
    scene = ConsoleScene.start();
    browser = scene.browser();
    browser.allowClipboard();
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
    browser.open("about:blank");
    browser.open(scene.address() + "#traces");
    browser.awaitText("#trace-list", "Error Analysis Agent");
  }

  @AfterEach
  void nothingIsWrong() {
    assertThat(browser.consoleLines()).as("console").isEmpty();
  }

  @Test
  void waterfall_sampleWithTools_columnsTimesAndTheSpanBesideIt() {
    open("Support Agent");

    assertThat(browser.text(".wf-head"))
        .contains("Span", "Start", "Duration", "Tokens", "Cost", "Status", "0", "2 s", "4 s");
    assertThat(browser.text("#waterfall"))
        .contains("agent", "step", "find_order", "241 → 44", "+1.37 s", "72 ms", "upstream_timeout");
    assertThat(browser.text(".chat"))
        .contains("Where is order 4711?", "calls find_order", "\"number\": 4711", "tool_call");

    browser.click("[data-span]", "track_parcel");

    browser.awaitText("#span-detail", "DE-88120");
    assertThat(browser.text("#span-detail")).contains("The carrier did not answer within 3 s");
    tab("Attributes");
    browser.awaitText(".groups", "gen_ai.tool.name");
    assertThat(browser.text(".groups")).contains("AI", "Sentry", "Metadata");
    tab("JSON");
    browser.awaitText("#span-panel", "\"span_id\": \"");
  }

  @Test
  void waterfall_privateDestination_contentShownAsLeftOut() {
    browser.fill("#filter", "private");
    browser.click("#trace-list a", "privacy mode");

    browser.awaitText(".chat", "left out: privacy mode. Nothing of it goes to Sentry.");
    tab("Attributes");
    browser.awaitText(".groups", "gen_ai.input.messages\nleft out: privacy mode");
    tab("Messages");
  }

  @Test
  void waterfall_unknownNumbers_areADash() {
    open("Index the help centre");
    assertThat(browser.text(".wf-row[aria-selected=true]")).contains("8 → –", "<$0.000001");

    open("Compare numbers");
    assertThat(browser.text(".wf-row[aria-selected=true] .col-cost")).isEqualTo("–");
    assertThat(browser.text(".span-facts")).contains("Cost\n–");

    open("Incident Summary");
    browser.click("[data-span]", "attempt 1");
    browser.awaitText(".wf-row[aria-selected=true] .col-duration", "–");
  }

  @Test
  void waterfall_zoom_showsThePartAndTheWhole() {
    open("Support Agent");
    browser.click("[data-span]", "find_order");
    double whole = width("find_order");

    browser.click("#zoom-span");
    assertThat(width("find_order")).isGreaterThan(5 * whole);
    browser.click("#zoom-out");
    browser.click("#zoom-in");
    browser.click("#zoom-fit");

    assertThat(width("find_order")).isEqualTo(whole);
    assertThat(browser.script("return document.querySelector('#zoom-fit').disabled").asBoolean())
        .isTrue();
  }

  @Test
  void waterfall_collapse_hidesAndShowsWhatIsBelow() {
    open("Support Agent");
    browser.click("[data-span]", "Support Agent");

    browser.click("#collapse");
    assertThat(count("[data-span]")).isEqualTo(1);
    assertThat(browser.text("#waterfall")).contains("4 spans inside");
    browser.click("#collapse");
    assertThat(count("[data-span]")).isEqualTo(5);
    browser.click(".twist[aria-label=Collapse]");

    assertThat(count("[data-span]")).isEqualTo(1);
  }

  @Test
  void find_textInOneSpan_countedAndReachedWhereItIsCollapsed() {
    open("Support Agent");
    browser.click("[data-span]", "Support Agent");
    browser.click("#collapse");

    browser.type("#find", "carrier did not answer");
    browser.awaitText("#found", "1 of 5");
    browser.press(ENTER);

    browser.awaitText(".wf-row[aria-selected=true]", "track_parcel");
    browser.awaitText("#span-detail", "The carrier did not answer");
  }

  @Test
  void search_namesIdsTextAndStatus_withACount() {
    browser.awaitText("#trace-count", "traces");
    int all = count("#trace-list li");

    browser.fill("#filter", "where is ORDER 4711");
    browser.awaitText("#trace-count", "1 of " + all + " traces");
    assertThat(browser.text("#trace-list")).contains("Support Agent");
    browser.fill("#filter", "5b8aa5a2d2c872e8321cf37308d69df2");
    browser.awaitText("#trace-count", "1 of " + all);
    browser.fill("#filter", "rate_limit_exceeded");
    browser.awaitText("#trace-list", "Incident Summary");
    browser.fill("#filter", "no such words");
    browser.awaitText("#traces-empty", "No trace matches.");
    browser.awaitText("#trace-count", "0 of " + all);
    browser.script(
        "const it = document.querySelector('#filter'); it.value = '';"
            + "it.dispatchEvent(new Event('input'))");
    browser.choose("#filter-state", "cancelled");

    browser.awaitText("#trace-count", "1 of " + all);
    assertThat(browser.text("#trace-list")).contains("Story Teller");
  }

  @Test
  void link_toASpan_backForwardRefreshAndANewPage() {
    open("Support Agent");
    browser.click("[data-span]", "find_order");
    browser.awaitText(".span-title", "find_order");
    browser.click("[data-span]", "track_parcel");
    browser.awaitText(".span-title", "track_parcel");
    String link = hash();
    assertThat(link).matches("#trace/5b8aa5a2d2c872e8321cf37308d69df2/span/[0-9a-f]{16}");

    browser.back();
    browser.awaitText(".span-title", "find_order");
    browser.forward();
    browser.awaitText(".span-title", "track_parcel");
    browser.refresh();
    browser.awaitText(".span-title", "track_parcel");
    browser.open("about:blank");
    browser.open(scene.address() + link);

    browser.awaitText(".span-title", "track_parcel");
    assertThat(browser.text("#trace-list [aria-current]")).contains("Support Agent");
    browser.open(scene.address() + "#trace/00000000000000000000000000000000");
    browser.awaitText("#trace-detail", "This run has no such trace.");
  }

  @Test
  void panes_manySpans_eachScrollsOnItsOwnAndAClickShows() {
    send(longTrace("a1", 200));
    open("Long run a1");
    browser.await("200 spans", () -> count("[data-span]") == 200);
    browser.script(
        "[...document.querySelectorAll('[data-span]')]"
            + ".find((it) => it.innerText.includes('span 200')).scrollIntoView({block: 'center'})");
    browser.click("[data-span]", "span 200");

    browser.awaitText(".span-title", "span 200");
    assertThat(number("return document.querySelector('.waterfall-scroll').scrollTop"))
        .isGreaterThan(500);
    assertThat(number("return document.scrollingElement.scrollTop")).isZero();
    assertThat(number("return document.querySelector('.span-title').getBoundingClientRect().top"))
        .isBetween(0.0, 400.0);
    assertThat(number("return document.querySelector('#list-scroll').scrollTop"))
        .isLessThan(200);
  }

  @Test
  void liveUpdates_whileSomebodyReads_moveNothing() {
    send(longTrace("b2", 60));
    open("Long run b2");
    browser.click("[data-span]", "span 30");
    browser.awaitText(".span-title", "span 30");
    browser.script("document.querySelector('#list-scroll').scrollTop = 40");
    String places =
        "return ['.wf-row[aria-selected=true]', '.span-title', '#trace-list li:nth-child(4)']"
            + ".map((it) => Math.round(document.querySelector(it).getBoundingClientRect().top))"
            + ".join()";
    String before = browser.script(places).text();

    // Of the open trace: a span that belongs above the one that is read, and another trace.
    send(longTrace("b2", 5, "late", 900));
    send(longTrace("b3", 2));
    browser.await("late spans", () -> browser.text("#waterfall").contains("late"));
    browser.awaitText("#new-traces", "1 new trace");

    assertThat(browser.script(places).text()).isEqualTo(before);
    assertThat(browser.text("#trace-list li:first-child")).startsWith("Long run b2");
    assertThat(browser.text(".span-title")).contains("span 30");

    browser.click("#new-traces");

    browser.awaitText("#trace-list li:first-child", "Long run b3");
  }

  @Test
  void messages_longMarkdown_foldedDrawnRawAndCopied() {
    String text =
        "# Findings\n\n- **one**\n- `two`\n\n| a | b |\n| - | - |\n| 1 | 2 |\n\n"
            + "[here](https://example.com/x) <b>no</b>\n\n```\ncode *stays*\n```\n\n"
            + "word ".repeat(1000)
            + "the end";
    send(record("Markdown", text));
    open("Markdown");
    browser.awaitText(".bubble.assistant", "Findings");

    assertThat(browser.text(".bubble.assistant"))
        .contains("one", "<b>no</b>", "https://example.com/x", "code *stays*", "Show all 5,1")
        .doesNotContain("**one**", "the end");
    assertThat(count(".bubble.assistant li")).isEqualTo(2);
    assertThat(count(".bubble.assistant td")).isEqualTo(2);
    assertThat(count(".bubble b, .bubble a")).as("no markup, no way out").isZero();
    browser.click(".bubble.assistant .fold");
    browser.awaitText(".bubble.assistant", "the end");

    browser.click("#raw");
    browser.awaitText(".bubble.assistant", "# Findings");
    browser.click("#raw");
    browser.script("document.querySelector('.bubble.assistant .copy').click()");
    browser.awaitText(".bubble.assistant .copy", "Copied");

    String copied =
        "const done = arguments[arguments.length - 1];"
            + "navigator.clipboard.readText().then(done, (e) => done(String(e)))";
    assertThat(browser.asyncScript(copied).text()).isEqualTo(text);
  }

  @Test
  void messages_arabic_runFromRightToLeft() {
    send(record("Arabic", "أهلا وسهلا"));
    open("Arabic");
    browser.awaitText(".bubble.assistant", "أهلا");

    assertThat(
            browser
                .script(
                    "return getComputedStyle(document.querySelector('.bubble.assistant .prose p'))"
                        + ".direction")
                .text())
        .isEqualTo("rtl");
  }

  @Test
  void failedMessage_fromTheList_bodyAndReasonsShown() {
    browser.awaitText("#failures", "dead letter");
    browser.click("#failures");
    browser.awaitText("#message-list", "malformed.json");
    browser.click("#message-list a", "malformed.json");

    browser.awaitText("#reasons", "malformed: request.model: expected the name of a model");
    assertThat(count("#reasons li")).isEqualTo(2);
    browser.awaitText("#message-detail", "Nobody says which model this is for.");

    browser.click("#message-list a", "chat-tool-calls.json");
    browser.click("#message-traces a");

    browser.awaitText("#trace-detail h2", "Support Agent");
  }

  @Test
  void keyboard_alone_movesInListAndTree() {
    browser.click(".brand");
    for (int i = 0; i < 20 && !focused().startsWith("trace"); i++) {
      browser.press(TAB);
    }
    browser.press(HOME);
    String newest = focused();
    browser.press(END + HOME + DOWN);
    assertThat(focused()).startsWith("trace").isNotEqualTo(newest);
    assertThat(count("#trace-list a[tabindex='0']")).as("one tab stop").isEqualTo(1);
    browser.press(ENTER);
    browser.awaitText("#trace-detail", "destination");

    open("Support Agent");
    browser.script("document.querySelector('[data-span][tabindex=\"0\"]').focus()");
    browser.press(HOME);
    browser.awaitText(".wf-row[aria-selected=true]", "agent");
    browser.press(END);
    browser.awaitText(".wf-row[aria-selected=true]", "track_parcel");
    browser.press(LEFT + LEFT);

    assertThat(attribute("aria-expanded")).isEqualTo("false");
    assertThat(attribute("aria-level")).isEqualTo("2");
    assertThat(attribute("role")).isEqualTo("row");
    assertThat(count("[role=treegrid] [data-span]")).isEqualTo(2);
    assertThat(count("[data-span][tabindex='0']")).as("one tab stop").isEqualTo(1);
  }

  private static void open(String name) {
    browser.click("#trace-list a", name);
    browser.awaitText("#trace-detail h2", name);
  }

  private static void tab(String name) {
    browser.click("#span-detail [role=tab]", name);
  }

  private static void send(String body) {
    String script =
        "const done = arguments[arguments.length - 1];"
            + "fetch('/api/messages?label=test', {method: 'POST', body: arguments[0],"
            + " headers: {'content-type': 'application/json'}}).then(() => done(''))";
    assertThat(browser.asyncScript(script, body).text()).isEmpty();
  }

  private static String longTrace(String id, int spans) {
    return longTrace(id, spans, "span", 1);
  }

  private static String longTrace(String id, int spans, String name, int first) {
    return ConsoleLoad.trace(id, "Long run " + id, spans, name, first);
  }

  private static String record(String name, String answer) {
    return new String(
        JsonOut.object(out -> {
          out.writeStringField("model", "m");
          out.writeFieldName("usage");
          out.writeRawValue("{\"prompt_tokens\":1}");
          out.writeFieldName("trace");
          out.writeRawValue("{\"trace_name\":\"" + name + "\"}");
          out.writeArrayFieldStart("choices");
          out.writeStartObject();
          out.writeObjectFieldStart("message");
          out.writeStringField("role", "assistant");
          out.writeStringField("content", answer);
          out.writeEndObject();
          out.writeEndObject();
          out.writeEndArray();
        }),
        StandardCharsets.UTF_8);
  }

  private static int count(String css) {
    return (int)
        number("return [...document.querySelectorAll(arguments[0])]"
            + ".filter((it) => it.checkVisibility()).length", css);
  }

  private static double number(String script, String... arguments) {
    return Double.parseDouble(browser.script(script, arguments).text());
  }

  private static double width(String name) {
    return number(
        "return [...document.querySelectorAll('[data-span]')]"
            + ".find((it) => it.innerText.includes(arguments[0]))"
            + ".querySelector('.span-bar').getBoundingClientRect().width",
        name);
  }

  private static String hash() {
    return browser.script("return location.hash").text();
  }

  private static String attribute(String name) {
    return browser.script("return document.activeElement.getAttribute(arguments[0])", name).text();
  }

  private static String focused() {
    return browser
        .script(
            "const it = document.activeElement;"
                + "return it.dataset.trace ? 'trace ' + it.dataset.trace : it.tagName")
        .text();
  }
}
