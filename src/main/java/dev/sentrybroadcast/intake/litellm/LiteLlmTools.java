package dev.sentrybroadcast.intake.litellm;

import dev.sentrybroadcast.generation.Content;
import dev.sentrybroadcast.generation.Cost;
import dev.sentrybroadcast.generation.Exchange;
import dev.sentrybroadcast.generation.Failure;
import dev.sentrybroadcast.generation.JsonText;
import dev.sentrybroadcast.generation.Model;
import dev.sentrybroadcast.generation.Outcome;
import dev.sentrybroadcast.generation.PrivacyMode;
import dev.sentrybroadcast.generation.RecordedSpan;
import dev.sentrybroadcast.generation.RecordedTrace;
import dev.sentrybroadcast.generation.RequestParameters;
import dev.sentrybroadcast.generation.Routing;
import dev.sentrybroadcast.generation.Scalar;
import dev.sentrybroadcast.generation.SpanName;
import dev.sentrybroadcast.generation.SpanRole;
import dev.sentrybroadcast.generation.ToolExecution;
import dev.sentrybroadcast.generation.Trace;
import dev.sentrybroadcast.generation.Usage;
import dev.sentrybroadcast.intake.Origin;
import dev.sentrybroadcast.intake.json.JsonObject;
import dev.sentrybroadcast.intake.json.JsonTexts;
import dev.sentrybroadcast.intake.json.ObjectView;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Tools that LiteLLM ran through MCP, within a model call or on their own. */
final class LiteLlmTools {

  private LiteLlmTools() {}

  static List<ToolExecution> executions(LiteLlmRecord parts) {
    ObjectView call = call(parts);
    String name = call.text("name");
    return name == null ? List.of() : List.of(execution(name, call));
  }

  /** A record of a tool alone is one span. A generation would count as a model call. */
  static RecordedTrace trace(LiteLlmRecord parts, Routing routing, Origin origin) {
    ObjectView call = call(parts);
    String name = Objects.requireNonNullElse(call.text("name"), "unknown");
    Trace trace = parts.trace();
    boolean withheld = routing.privacyMode() == PrivacyMode.ON;
    Map<String, Scalar> attributes = new LinkedHashMap<>();
    String server = call.text("mcp_server_name");
    if (server != null) {
      attributes.put("trace.metadata.litellm.mcp_server", new Scalar.Text(server));
    }
    trace.metadata().forEach((key, value) -> attributes.put("trace.metadata." + key, value));
    Failure failure = parts.failed() ? parts.failure() : null;
    RecordedSpan span =
        new RecordedSpan(
            null,
            null,
            new SpanName("execute_tool " + name, null),
            RecordedSpan.Kind.INTERNAL,
            parts.timing(origin),
            SpanRole.TOOL,
            new Model(null, null, null),
            RequestParameters.NONE,
            new Outcome(null, List.of(), null, null, false, failure),
            Usage.NONE,
            Cost.NONE,
            Exchange.NONE,
            null,
            execution(name, withheld ? ObjectView.of(JsonObject.NONE) : call),
            attributes,
            Map.of());
    return new RecordedTrace(
        parts.id(origin),
        routing,
        parts.caller(),
        trace.traceId(),
        null,
        null,
        List.of(span),
        parts.record().log().corrections());
  }

  private static ToolExecution execution(String name, ObjectView call) {
    return new ToolExecution(
        null, name, null, json(call, "arguments"), json(call, "result"), null, null);
  }

  private static ObjectView call(LiteLlmRecord parts) {
    return parts.metadata().objectIfAny("mcp_tool_call_metadata");
  }

  private static @Nullable Content<JsonText> json(ObjectView call, String field) {
    return Content.deferred(call.get(field), JsonTexts::of);
  }
}
