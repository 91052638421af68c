package dev.sentrybroadcast.generation;

import static dev.sentrybroadcast.generation.GenerationBuilder.SECOND;
import static dev.sentrybroadcast.generation.GenerationBuilder.START;

import java.util.List;

/** Generations that several tests look at. */
public final class Generations {

  private Generations() {}

  public static GenerationBuilder of(String id) {
    return new GenerationBuilder(id);
  }

  public static Message user(String text) {
    return new Message("user", null, List.of(new Part.Text(text)), null);
  }

  public static Message assistant(String text) {
    return new Message("assistant", null, List.of(new Part.Text(text)), "stop");
  }

  /** The request of OpenRouter's guide to broadcasting to Sentry, as a whole record. */
  public static Generation openRouterExample() {
    return of("gen-1763640000-8f3a")
        .traceId("incident_investigation_001")
        .traceName("Error Analysis Agent")
        .generationName("Analyze Stack Trace")
        .environment("production")
        .release("v2.1.0")
        .caller(new Caller("user_12345", "session_abc", "checkout-service", null))
        .timing(new Timing(START, START + 2_100_000_000L, START + 420_000_000L))
        .outcome(new Outcome("chatcmpl-1", List.of("stop"), null, true, false, null))
        .usage(new Usage(812L, 96L, 908L, 512L, null, 0L))
        .cost(new Cost(0.00213, null, null, null, null, null))
        .exchange(
            new Exchange(
                Content.of(List.of(user("Debug this error..."))),
                Content.of(List.of(assistant("The cause is..."))),
                null,
                null,
                null))
        .build();
  }

  /** Every field set; everything that is content holds {@code token} and the field's name. */
  public static GenerationBuilder everything(String token) {
    return of("gen-everything")
        .traceId("6F9619FF-8B86-D011-B42D-00CF4FC964FF")
        .traceName("Support Agent")
        .spanName("Answer ticket")
        .generationName("Draft answer")
        .parentSpanId("00F067AA0BA902B7")
        .agentName("support")
        .environment("staging")
        .release("v3")
        .metadata("feature", new Scalar.Text("tickets"))
        .metadata("attempt.count", new Scalar.Whole(3))
        .metadata("score", new Scalar.Decimal(0.5))
        .metadata("beta", new Scalar.Flag(true))
        .caller(new Caller("user_1", "session/1", "checkout", "Shop"))
        .model("Mistral", "mistralai/mistral-large", "mistral-large-2411")
        .timing(new Timing(START, START + 3 * SECOND, START + SECOND / 4))
        .parameters(
            new RequestParameters(0.7, 0.9, 40L, 512L, 0.1, -0.2, "42", "high", "triage", "3"))
        .outcome(
            new Outcome(
                "resp-1",
                List.of("tool_calls", "length"),
                "model_length",
                true,
                false,
                new Failure("rate_limit", 429, Content.of(token + "failure"))))
        .usage(new Usage(100L, 50L, null, 60L, 20L, 10L))
        .cost(new Cost(0.5, 0.2, 0.3, 0.05, 0.06, 0.07))
        .exchange(everyContent(token))
        .attempt(
            new Attempt(
                "OpenAI",
                "gpt-4o",
                503,
                new Timing(START, START + SECOND, null),
                new Failure("overloaded", 503, Content.of(token + "attempt"))))
        .attempt(
            new Attempt(
                "Mistral",
                "mistral-large",
                200,
                new Timing(START + SECOND, START + 3 * SECOND, null),
                null))
        .tool(
            new ToolExecution(
                "call_1",
                "search",
                Content.of(token + "description"),
                Content.of(new JsonText("{\"q\":\"" + token + "arguments\"}")),
                Content.of(new JsonText("[\"" + token + "result\"]")),
                new Timing(START + 3 * SECOND, START + 4 * SECOND, null),
                new Failure("timeout", null, Content.of(token + "tool"))));
  }

  private static Exchange everyContent(String token) {
    JsonText json = new JsonText("{\"a\":\"" + token + "json\"}");
    List<Part> parts =
        List.of(
            new Part.Text(token + "text"),
            new Part.Reasoning(token + "reasoning"),
            new Part.Refusal(token + "refusal"),
            new Part.ToolCall("call_1", token + "call", json),
            new Part.ToolCall(null, "bare", null),
            new Part.ToolResult("call_1", token + "called", json),
            new Part.Blob("image", "image/png", 12_345),
            new Part.Uri("image", null, "https://example.com/" + token + "uri"),
            new Part.FileReference("document", "application/pdf", token + "file"),
            new Part.Other("citation", json));
    return new Exchange(
        Content.of(List.of(new Message("user", token + "name", parts, null))),
        Content.of(List.of(new Message("assistant", null, parts, "tool_calls"))),
        Content.of(List.of(new Part.Text(token + "system"))),
        Content.of(
            new JsonText(
                "[{\"type\":\"function\",\"name\":\"search\",\"description\":\""
                    + token
                    + "definitions\"}]")),
        Content.of(new JsonText("\"" + token + "embeddings\"")));
  }
}
