package dev.sentrybroadcast.local;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.protocols.jsoncore.JsonNode;

/**
 * A headless Chromium with a profile of its own, driven through the W3C WebDriver protocol of the
 * system's chromedriver.
 *
 * @see <a href="https://www.w3.org/TR/webdriver2/">WebDriver</a>
 */
final class Browser implements AutoCloseable {

  private static final Duration LIMIT = Duration.ofSeconds(30);
  private static final String ELEMENT = "element-6066-11e4-a52e-4f735466cecf";
  private static final List<String> ARGUMENTS =
      List.of(
          "--headless",
          "--no-sandbox",
          "--disable-gpu",
          "--no-first-run",
          "--disable-background-networking",
          "--disable-component-update",
          "--disable-sync");

  private final HttpClient http = HttpClient.newHttpClient();
  private final Process driver;
  private final Path profile;
  private final String session;

  private Browser(Process driver, String driverUrl, Path profile) {
    this.driver = driver;
    this.profile = profile;
    String arguments =
        String.join("\",\"", ARGUMENTS) + "\",\"--user-data-dir=" + profile.toAbsolutePath();
    JsonNode created =
        send(
            "POST",
            driverUrl + "/session",
            """
            {"capabilities": {"alwaysMatch": {"browserName": "chrome",
              "goog:loggingPrefs": {"browser": "ALL", "performance": "ALL"},
              "goog:chromeOptions": {"args": ["%s"]}}}}\
            """
                .formatted(arguments));
    session =
        driverUrl + "/session/" + created.field("sessionId").map(JsonNode::text).orElseThrow();
    open("about:blank");
    // Those of the browser's own first page.
    List<String> _ = requested();
  }

  /** Whether both programs are on the path. */
  static boolean isInstalled() {
    return isOnPath("chromedriver") && (isOnPath("chromium") || isOnPath("google-chrome"));
  }

  private static boolean isOnPath(String program) {
    for (String folder : System.getenv().getOrDefault("PATH", "").split(File.pathSeparator, -1)) {
      if (Files.isExecutable(Path.of(folder, program))) {
        return true;
      }
    }
    return false;
  }

  static Browser start() throws IOException {
    Process driver =
        new ProcessBuilder("chromedriver", "--port=0").redirectErrorStream(true).start();
    BufferedReader out =
        new BufferedReader(new InputStreamReader(driver.getInputStream(), StandardCharsets.UTF_8));
    String said = "";
    for (String line = out.readLine(); line != null; line = out.readLine()) {
      int port = line.indexOf("successfully on port ");
      if (port >= 0) {
        String number = line.substring(port + "successfully on port ".length()).replace(".", "");
        return new Browser(
            driver, "http://127.0.0.1:" + number, Files.createTempDirectory("console-browser"));
      }
      said = line;
    }
    throw new IOException("chromedriver did not start: " + said);
  }

  @Override
  public void close() {
    send("DELETE", session, null);
    driver.destroy();
    delete(profile.toFile());
  }

  private static void delete(File file) {
    File[] children = file.listFiles();
    if (children != null && !Files.isSymbolicLink(file.toPath())) {
      for (File child : children) {
        delete(child);
      }
    }
    boolean _ = file.delete();
  }

  void open(String url) {
    send("POST", session + "/url", object("url", url));
  }

  /** As a person does it: fails where something else is in the way. */
  void click(String css) {
    send("POST", element(css) + "/click", "{}");
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
    send("POST", element(css) + "/value", object("text", text));
  }

  /** In place of what is there. */
  void fill(String css, String text) {
    send("POST", element(css) + "/clear", "{}");
    type(css, text);
  }

  void choose(String selectCss, String option) {
    click(selectCss + " option", option);
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
    send(
        "POST",
        session + "/actions",
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
    return send(
        "POST",
        session + "/execute/sync",
        new String(
            JsonOut.object(out -> {
              out.writeStringField("script", body);
              out.writeArrayFieldStart("args");
              for (String argument : arguments) {
                out.writeString(argument);
              }
              out.writeEndArray();
            }),
            StandardCharsets.UTF_8));
  }

  void size(int width, int height) {
    command(
        "Emulation.setDeviceMetricsOverride",
        "{\"width\":%d,\"height\":%d,\"deviceScaleFactor\":1,\"mobile\":false}"
            .formatted(width, height));
  }

  void scheme(String lightOrDark) {
    command(
        "Emulation.setEmulatedMedia",
        "{\"features\":[{\"name\":\"prefers-color-scheme\",\"value\":\"" + lightOrDark + "\"}]}");
  }

  private void command(String name, String parameters) {
    send(
        "POST",
        session + "/goog/cdp/execute",
        "{\"cmd\":\"" + name + "\",\"params\":" + parameters + "}");
  }

  void screenshot(Path file) throws IOException {
    JsonNode png = send("GET", session + "/screenshot", null);
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
    return send("POST", session + "/se/log", object("type", type)).asArray();
  }

  private String element(String css) {
    await(
        css, () -> script("return document.querySelector(arguments[0]) !== null", css).asBoolean());
    JsonNode found =
        send(
            "POST",
            session + "/element",
            new String(
                JsonOut.object(out -> {
                  out.writeStringField("using", "css selector");
                  out.writeStringField("value", css);
                }),
                StandardCharsets.UTF_8));
    return session + "/element/" + found.field(ELEMENT).map(JsonNode::text).orElseThrow();
  }

  private static String object(String field, String value) {
    return new String(
        JsonOut.object(out -> out.writeStringField(field, value)), StandardCharsets.UTF_8);
  }

  private JsonNode send(String method, String url, @Nullable String body) {
    var request =
        java.net.http.HttpRequest.newBuilder(URI.create(url))
            .method(method, body == null ? BodyPublishers.noBody() : BodyPublishers.ofString(body))
            .timeout(Duration.ofMinutes(1))
            .build();
    try {
      var response = http.send(request, BodyHandlers.ofString());
      JsonNode value = JsonNode.parser().parse(response.body()).field("value").orElseThrow();
      if (response.statusCode() >= 400) {
        Map<String, JsonNode> error = value.asObject();
        throw new AssertionError(method + " " + url + ": " + error.get("message"));
      }
      return value;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }
}
