package dev.sentrybroadcast;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sentrybroadcast.genai.ContentLimits;
import dev.sentrybroadcast.genai.GenerationSpans;
import dev.sentrybroadcast.genai.GoldenSpans;
import dev.sentrybroadcast.generation.PrivacyMode;
import dev.sentrybroadcast.generation.TelemetryRecord;
import dev.sentrybroadcast.intake.Decoded;
import dev.sentrybroadcast.intake.QueuedMessage;
import dev.sentrybroadcast.intake.RecordDecoder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every message of a real producer, with a token in each text that nobody said is harmless and in
 * fields that nobody knows: in privacy mode none of them may leave.
 */
class ProducerPrivacyTest {

  /**
   * What LiteLLM's records say that is sent: docs/producers/litellm.md lists it. Everything else is
   * not.
   */
  private static final Set<String> LITELLM =
      Set.of(
          "/id",
          "/trace_id",
          "/session_id",
          "/litellm_call_id",
          "/call_type",
          "/status",
          "/status_fields/llm_api_status",
          "/status_fields/guardrail_status",
          "/custom_llm_provider",
          "/startTime",
          "/endTime",
          "/completionStartTime",
          "/response_cost",
          "/saved_cache_cost",
          "/model",
          "/model_id",
          "/model_group",
          "/end_user",
          "/request_tags",
          "/metadata/user_api_key_alias",
          "/metadata/user_api_key_team_id",
          "/metadata/user_api_key_team_alias",
          "/metadata/user_api_key_org_alias",
          "/metadata/user_api_key_project_alias",
          "/metadata/user_api_key_end_user_id",
          "/metadata/user_api_key_request_route",
          "/metadata/applied_guardrails",
          "/metadata/mcp_tool_call_metadata/name",
          "/metadata/mcp_tool_call_metadata/mcp_server_name",
          "/metadata/team_id",
          "/metadata/team_alias",
          "/model_parameters/user",
          "/model_parameters/reasoning_effort",
          "/error_information/error_code",
          "/error_information/error_class",
          "/error_information/error_rate_limit_category",
          "/error_information/error_rate_limit_type",
          "/response/id",
          "/response/model",
          "/response/object",
          "/response/status",
          "/response/choices/finish_reason");

  private static final Set<String> SPAN =
      Set.of("traceId", "spanId", "parentSpanId", "name", "startTimeUnixNano", "endTimeUnixNano");

  /** The attributes that are sent: docs/record.md lists them. */
  private static final Set<String> ATTRIBUTES =
      Set.of(
          "user.id",
          "session.id",
          "span.type",
          "span.level",
          "trace.name",
          "server.address",
          "db.system.name",
          "llm.request.type",
          "service.name",
          "service.version",
          "deployment.environment.name");

  private static final RecordDecoder DECODER = new RecordDecoder();
  private static final GenerationSpans SPANS = new GenerationSpans("sentry-broadcast", "1.2.3");
  private static final ContentLimits LIMITS = new ContentLimits(65_536, 524_288);

  static Stream<Path> messages() throws IOException {
    Path fixtures = Path.of("src/test/resources/fixtures");
    try (Stream<Path> files = Files.walk(fixtures, 2)) {
      return files
          .filter(file -> {
            String name = fixtures.relativize(file).toString();
            return name.endsWith(".json")
                && !name.contains("encrypted")
                && (name.startsWith("litellm")
                    || name.startsWith("otel-recorded/")
                    || name.startsWith("openrouter/otlp-"));
          })
          .sorted()
          .toList()
          .stream();
    }
  }

  @ParameterizedTest
  @MethodSource("messages")
  void privacyMode_tokenInEveryTextAndInUnknownFields_noneLeaves(Path file) throws IOException {
    CanaryInjection canaries = injection(file, true);
    String sent = sent(canaries.into(Files.readString(file)), PrivacyMode.ON);
    assertThat(canaries.placesIn(sent)).isEmpty();
  }

  @ParameterizedTest
  @MethodSource("messages")
  void withContent_mostTokensLeave_soTheyWouldBeFound(Path file) throws IOException {
    CanaryInjection canaries = injection(file, false);
    String message = canaries.into(Files.readString(file));
    String sent = sent(message, PrivacyMode.OFF);
    boolean saysSomething =
        !sent.isEmpty() && (file.toString().contains("success") || file.endsWith("agent.json"));
    assertThat(!saysSomething || !canaries.placesIn(sent).isEmpty()).isTrue();
  }

  private static CanaryInjection injection(Path file, boolean unknownFields) {
    boolean litellm = file.toString().contains("litellm");
    return new CanaryInjection(
        litellm ? (path, _) -> LITELLM.contains(path) : ProducerPrivacyTest::isHarmless,
        unknownFields);
  }

  private static boolean isHarmless(String path, @Nullable String attribute) {
    String field = path.substring(path.lastIndexOf('/') + 1);
    if (path.contains("/events/") || path.contains("/links/")) {
      return path.endsWith("/events/name");
    }
    if (!path.contains("/attributes/")) {
      return SPAN.contains(field) || path.endsWith("/status/code") || field.equals("kind");
    }
    return field.equals("intValue")
        || field.equals("doubleValue")
        || (attribute != null
            && (ATTRIBUTES.contains(attribute)
                || attribute.startsWith("trace.metadata.")
                || attribute.startsWith("span.metadata.")
                || isHarmlessGenAi(attribute)));
  }

  private static boolean isHarmlessGenAi(String attribute) {
    return switch (attribute) {
      case "gen_ai.operation.name",
          "gen_ai.provider.name",
          "gen_ai.system",
          "gen_ai.request.model",
          "gen_ai.response.model",
          "gen_ai.response.id",
          "gen_ai.response.finish_reason",
          "gen_ai.response.finish_reasons",
          "gen_ai.conversation.id",
          "gen_ai.agent.name",
          "gen_ai.tool.name",
          "gen_ai.tool.type",
          "gen_ai.tool.call.id" ->
          true;
      default -> false;
    };
  }

  /** All that leaves of a message: spans, events for issues, and what is logged of it. */
  private static String sent(String message, PrivacyMode mode) {
    StringBuilder sent = new StringBuilder();
    List<Decoded> decoded =
        DECODER.decode(new QueuedMessage("m", message, 1_795_176_002_400L, "r", null));
    for (Decoded one : decoded) {
      sent.append(one);
      switch (one) {
        case Decoded.Valid(TelemetryRecord record) ->
            sent.append(GoldenSpans.render(SPANS.spans(record, mode, LIMITS)))
                .append(record.corrections());
        case Decoded.Malformed malformed -> sent.append(malformed.reason());
        case Decoded.Ignored(String what) -> sent.append(what);
        case Decoded.Stored _ -> throw new AssertionError("an object");
        case Decoded.Unavailable(String cause) -> sent.append(cause);
      }
    }
    return sent.toString();
  }
}
