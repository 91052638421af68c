package dev.sentrybroadcast.local;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.function.BooleanSupplier;
import software.amazon.awssdk.protocols.jsoncore.JsonNode;

/** A browser as a person uses it: looks, clicks, types, waits. */
final class Browser implements AutoCloseable {

  private static final Duration LIMIT = Duration.ofSeconds(30);
  private static final String ELEMENT = "element-6066-11e4-a52e-4f735466cecf";

  private final WebDriver driver;

  private Browser(WebDriver driver) {
    this.driver = driver;
  }

  static Browser start() throws IOException {
    Browser browser = new Browser(WebDriver.start());
    browser.open("about:blank");
    // Those of the browser's own first page.
    List<String> _ = browser.requested();
    return browser;
  }

  @Override
  public void close() {
    driver.close();
  }

  void open(String url) {
    driver.post("/url", out -> out.writeStringField("url", url));
  }

  /** As a person does it: fails where something else is in the way. */
  void click(String css) {
    driver.post(element(css) + "/click", "{}");
  }

  /** Clicks the first of these elements that has this text. */
  void click(String css, String text) {
    await(css + " with " + text, () -> mark(css, text));
    click("[data-marked]");
  }

  private boolean mark(String css, String text) {
    return script(
            "document.querySelector('[data-marked]')?.removeAttribute('data-marked');"
                + "const found = [...document.querySelectorAll(arguments[0])]"
                + ".find((it) => it.checkVisibility() && it.innerText.includes(arguments[1]));"
                + "found?.setAttribute('data-marked', ''); return found !== undefined",
            css,
            text)
        .asBoolean();
  }

  void type(String css, String text) {
    driver.post(element(css) + "/value", out -> out.writeStringField("text", text));
  }

  /** In place of what is there. */
  void fill(String css, String text) {
    driver.post(element(css) + "/clear", "{}");
    type(css, text);
  }

  void choose(String selectCss, String value) {
    JsonNode _ =
        script(
            "const it = document.querySelector(arguments[0]); it.value = arguments[1];"
                + "it.dispatchEvent(new Event('change'))",
            selectCss,
            value);
  }

  /** To whatever has the focus. */
  void press(String keys) {
    StringBuilder actions = new StringBuilder();
    for (int i = 0; i < keys.length(); i++) {
      String key = "\\u%04x".formatted((int) keys.charAt(i));
      actions.append(i == 0 ? "" : ",");
      actions.append("{\"type\":\"keyDown\",\"value\":\"").append(key).append("\"},");
      actions.append("{\"type\":\"keyUp\",\"value\":\"").append(key).append("\"}");
    }
    driver.post(
        "/actions",
        "{\"actions\":[{\"type\":\"key\",\"id\":\"keyboard\",\"actions\":[" + actions + "]}]}");
  }

  /** What a person reads there; empty where nothing is. */
  String text(String css) {
    return script("return document.querySelector(arguments[0])?.innerText ?? ''", css).text();
  }

  void awaitText(String css, String part) {
    new Changes()
        .await(part + " in " + css, LIMIT, () -> text(css).contains(part), () -> text(css));
  }

  void await(String what, BooleanSupplier done) {
    new Changes().await(what, LIMIT, done, () -> text("main"));
  }

  JsonNode script(String body, String... arguments) {
    return driver.post("/execute/sync", out -> write(out, body, arguments));
  }

  /** A script that calls its last argument with the result. */
  JsonNode asyncScript(String body, String... arguments) {
    return driver.post("/execute/async", out -> write(out, body, arguments));
  }

  private static void write(JsonGenerator out, String body, String... arguments)
      throws IOException {
    out.writeStringField("script", body);
    out.writeArrayFieldStart("args");
    for (String argument : arguments) {
      out.writeString(argument);
    }
    out.writeEndArray();
  }

  /** Lets the page write and read the clipboard, as a person's click does. */
  void allowClipboard() {
    driver.command(
        "Browser.grantPermissions",
        "{\"permissions\":[\"clipboardReadWrite\",\"clipboardSanitizedWrite\"]}");
  }

  void back() {
    driver.post("/back", "{}");
  }

  void forward() {
    driver.post("/forward", "{}");
  }

  void refresh() {
    driver.post("/refresh", "{}");
  }

  void size(int width, int height) {
    driver.command(
        "Emulation.setDeviceMetricsOverride",
        "{\"width\":%d,\"height\":%d,\"deviceScaleFactor\":1,\"mobile\":false}"
            .formatted(width, height));
  }

  void scheme(String lightOrDark) {
    driver.command(
        "Emulation.setEmulatedMedia",
        "{\"features\":[{\"name\":\"prefers-color-scheme\",\"value\":\"" + lightOrDark + "\"}]}");
  }

  void screenshot(Path file) throws IOException {
    JsonNode png = driver.get("/screenshot");
    Files.write(file, Base64.getDecoder().decode(png.text()));
  }

  /** What the page, or the browser about it, has written to the console since the last call. */
  List<String> consoleLines() {
    List<String> lines = new ArrayList<>();
    for (JsonNode entry : log("browser")) {
      lines.add(entry.field("message").map(JsonNode::text).orElse(""));
    }
    return lines;
  }

  /** The addresses that the page has asked for since the last call. */
  List<String> requested() {
    List<String> urls = new ArrayList<>();
    for (JsonNode entry : log("performance")) {
      JsonNode message =
          JsonNode.parser()
              .parse(entry.field("message").map(JsonNode::text).orElse("{}"))
              .field("message")
              .orElseThrow();
      if (message
          .field("method")
          .map(JsonNode::text)
          .orElse("")
          .equals("Network.requestWillBeSent")) {
        message
            .field("params")
            .flatMap(params -> params.field("request"))
            .flatMap(request -> request.field("url"))
            .ifPresent(url -> urls.add(url.text()));
      }
    }
    return urls;
  }

  private List<JsonNode> log(String type) {
    return driver.post("/se/log", out -> out.writeStringField("type", type)).asArray();
  }

  private String element(String css) {
    await(
        css, () -> script("return document.querySelector(arguments[0]) !== null", css).asBoolean());
    JsonNode found =
        driver.post(
            "/element",
            out -> {
              out.writeStringField("using", "css selector");
              out.writeStringField("value", css);
            });
    return "/element/" + found.field(ELEMENT).map(JsonNode::text).orElseThrow();
  }
}
