package dev.sentrybroadcast.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.protocols.jsoncore.JsonNode;

/** How the console looks: at each width, in both schemes, by the rules of axe, and under load. */
@Tag("slow")
@EnabledIf(
    value = "dev.sentrybroadcast.local.WebDriver#isInstalled",
    disabledReason = "chromium and chromedriver are not both on the PATH")
final class ConsoleLooksIT {

  /** Elements beyond the window's edges, texts that are cut off, and panes that scroll sideways. */
  private static final String CLIPPED =
      """
      const width = document.documentElement.clientWidth;
      const scrolls = (it) => ['auto', 'scroll'].includes(getComputedStyle(it).overflowX);
      const inScroller = (it) => it.parentElement !== null
        && (it.parentElement.matches('.scroll, pre, textarea') && scrolls(it.parentElement) || inScroller(it.parentElement));
      return [...document.querySelectorAll('body *')]
        .filter((it) => it.checkVisibility({visibilityProperty: true}) && !it.closest('.unseen, .skip, option'))
        .filter((it) => {
          const box = it.getBoundingClientRect();
          const outside = box.width > 0 && box.height > 0 && (box.right > width + 1 || box.left < -1);
          const wide = it.scrollWidth > it.clientWidth + 1;
          const style = getComputedStyle(it).overflowX;
          return outside && !inScroller(it) || wide && (style === 'hidden' || style === 'clip')
            || wide && scrolls(it) && !it.matches('.scroll, pre, textarea, input');
        })
        .map((it) => it.tagName + '#' + it.id + '.' + it.className).slice(0, 5).join('; ')\
      """;

  /** Borders of controls, cards and panes with a contrast below 3:1 to what is behind them. */
  private static final String PALE =
      """
      const light = ([r, g, b]) => [r, g, b].map((c) => c / 255)
        .map((c) => (c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4))
        .reduce((sum, c, i) => sum + c * [0.2126, 0.7152, 0.0722][i], 0);
      const rgb = (text) => text.match(/[\\d.]+/g).map(Number);
      const behind = (it) => {
        const found = it === null ? [255, 255, 255, 1] : rgb(getComputedStyle(it).backgroundColor);
        return found.length === 4 && found[3] === 0 ? behind(it.parentElement) : found;
      };
      return [...document.querySelectorAll('body *')].filter((it) => it.checkVisibility()).filter((it) => {
        const style = getComputedStyle(it);
        const colour = rgb(style.borderBottomColor);
        if (parseFloat(style.borderBottomWidth) === 0 || style.borderBottomStyle === 'none' || colour[3] === 0) {
          return false;
        }
        const [a, b] = [light(colour), light(behind(it.parentElement))].sort((x, y) => y - x);
        return (a + 0.05) / (b + 0.05) < 3;
      }).map((it) => it.tagName + '#' + it.id + '.' + it.className).slice(0, 5).join('; ')\
      """;

  private static final String AXE =
      """
      const done = arguments[arguments.length - 1];
      axe.run(document, {resultTypes: ['violations']}).then(({violations}) => done(violations
        .map((it) => it.id + ' at ' + it.nodes.map((node) => node.target.join(' ')).slice(0, 3).join(', '))
        .join('; ')), (e) => done(String(e)))\
      """;

  /** Runs a script, and tells how many milliseconds later the page has drawn what it made. */
  private static final String TIMED =
      """
      const done = arguments[arguments.length - 1];
      const start = performance.now();
      new Function(arguments[0])();
      requestAnimationFrame(() => setTimeout(() => done(performance.now() - start), 0));\
      """;

  private static ConsoleScene scene;
  private static Browser browser;

  @BeforeAll
  static void startRunAndBrowser() throws IOException {
    scene = ConsoleScene.start();
    browser = scene.browser();
    openPage();
    send(ConsoleLoad.unbreakable());
    browser.awaitText("#trace-list", "Wide unbreakable");
  }

  @AfterAll
  static void endBoth() {
    if (scene != null) {
      scene.close();
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {320, 375, 520, 700, 1000, 1199, 1200, 1440, 1920, 2560})
  void page_anyWidth_nothingIsClipped(int width) {
    browser.size(width, 900);
    openPage();
    views(view ->
        assertThat(browser.script(CLIPPED).text()).as("%s at %d", view, width).isEmpty());
  }

  @ParameterizedTest
  @CsvSource({
    "375, light", "375, dark", "1000, light", "1000, dark", "1440, light", "1440, dark"
  })
  void page_widthAndScheme_noViolationOfAxeAndNoPaleBorder(int width, String scheme)
      throws IOException {
    browser.size(width, width < 500 ? 812 : 900);
    browser.scheme(scheme);
    openPage();
    browser.script(ConsoleLoad.axe());
    views(view -> {
      String name = view + "-" + width + "-" + scheme;
      assertThat(browser.asyncScript(AXE).text()).as(name).isEmpty();
      assertThat(browser.script(PALE).text()).as(name).isEmpty();
      picture(name);
    });
    browser.scheme("light");
  }

  @Test
  void load_500TracesAnd200Spans_staysFluent() {
    browser.size(1440, 900);
    for (int message = 0; message < 5; message++) {
      send(ConsoleLoad.records(message));
    }
    send(ConsoleLoad.trace("cc", "Long run", 200, "span", 1));
    openPage();
    browser.await(
        "all traces",
        () ->
            browser
                .script("return document.querySelectorAll('#trace-list li').length > 512")
                .asBoolean());

    fluent("open a trace", "[...document.querySelectorAll('#trace-list a')].find((it) => it.innerText.includes('Long run')).click()");
    browser.awaitText("#waterfall", "span 200");
    fluent("choose a span", "document.querySelectorAll('[data-span]')[150].click()");
    fluent("find", enter("#find", "chat"));
    fluent("collapse", "document.querySelector('#collapse').click()");
    fluent("expand", "document.querySelector('#collapse').click()");
    fluent("zoom", "document.querySelector('#zoom-in').click()");
    fluent("search", enter("#filter", "question 3-7"));
    browser.awaitText("#trace-count", "11 of ");
    fluent("search again", enter("#filter", ""));
    fluent("conversations", "location.hash = '#conversations'");
  }

  private static String enter(String css, String text) {
    return "const it = document.querySelector('" + css + "'); it.value = '" + text + "';"
        + "it.dispatchEvent(new Event('input'))";
  }

  /** Measured 15 to 300 ms on two shared cores; a list that is built anew takes seconds. */
  private static void fluent(String what, String script) {
    JsonNode millis = browser.asyncScript(TIMED, script);
    System.out.printf("console: %s took %.0f ms%n", what, Double.parseDouble(millis.text()));
    assertThat(Double.parseDouble(millis.text())).as(what).isLessThan(1_000);
  }

  /** Each view of the page, as a person comes to it. */
  private static void views(Consumer<String> look) {
    look.accept("traces");
    for (String trace : List.of("Support Agent", "Wide")) {
      go("#traces");
      browser.click("#trace-list a", trace);
      browser.awaitText("#trace-detail h2", trace);
      look.accept("trace-" + trace.split(" ")[0].toLowerCase(Locale.ROOT));
      browser.click("[data-span]", trace.equals("Wide") ? "generation" : "Choose a tool");
      browser.awaitText(".span-title", "generation");
      for (String tab : List.of("Attributes", "JSON", "Messages")) {
        browser.click("#span-detail [role=tab]", tab);
        look.accept("span-" + trace.split(" ")[0].toLowerCase(Locale.ROOT) + "-" + tab.toLowerCase(Locale.ROOT));
      }
    }
    go("#conversations");
    look.accept("conversations");
    browser.click("#conversation-list a", "unbreakable");
    browser.awaitText("#conversation-panel", "unbreakable");
    look.accept("conversation");
    browser.click("[role=tab]", "As Sentry shows it");
    browser.awaitText("#conversation-panel", "Transcript");
    look.accept("sentry-view");
    go("#messages");
    look.accept("messages");
    browser.click("#message-list a", "malformed");
    browser.awaitText("#message-detail", "Nobody says");
    look.accept("message");
    go("#send");
    browser.awaitText("#preview-private", "left out");
    look.accept("send");
    go("#connection");
    look.accept("connection");
    go("#faults");
    look.accept("faults");
    go("#traces");
  }

  private static void go(String hash) {
    browser.script("location.hash = arguments[0]", hash);
    browser.await(hash, () -> browser.script("return document.querySelector('nav a[aria-current]').hash").text().equals(hash));
  }

  private static void openPage() {
    browser.open("about:blank");
    browser.open(scene.address() + "#traces");
    browser.awaitText("#trace-list", "Error Analysis Agent");
  }

  private static void send(String body) {
    String script =
        "const done = arguments[arguments.length - 1];"
            + "fetch('/api/messages?label=test', {method: 'POST', body: arguments[0],"
            + " headers: {'content-type': 'application/json'}}).then(() => done(''))";
    assertThat(browser.asyncScript(script, body).text()).isEmpty();
  }

  private static void picture(String name) {
    String folder = System.getProperty("console.screenshots");
    if (folder != null) {
      try {
        Files.createDirectories(Path.of(folder));
        browser.screenshot(Path.of(folder, name + ".png"));
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }
}
