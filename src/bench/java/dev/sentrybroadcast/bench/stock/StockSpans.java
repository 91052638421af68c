package dev.sentrybroadcast.bench.stock;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.context.Context;
import java.util.List;
import java.util.Map;

/** The agent's run, and in it the call of the model. */
final class StockSpans {

  private final Tracer tracer;
  private final ObjectMapper json;

  StockSpans(Tracer tracer, ObjectMapper json) {
    this.tracer = tracer;
    this.json = json;
  }

  void add(StockRecord generation) throws JsonProcessingException {
    StockRecord.Request request = generation.request();
    StockRecord.Response response = generation.response();
    Span run =
        tracer
            .spanBuilder(request.trace().name())
            .setNoParent()
            .setStartTimestamp(generation.start())
            .setAttribute("user.id", request.user())
            .setAttribute("deployment.environment.name", request.trace().environment())
            .setAttribute("service.version", request.trace().release())
            .startSpan();
    Span call =
        tracer
            .spanBuilder(request.trace().generation())
            .setParent(Context.root().with(run))
            .setSpanKind(SpanKind.CLIENT)
            .setStartTimestamp(generation.start())
            .setAttribute("gen_ai.operation.name", "chat")
            .setAttribute("gen_ai.provider.name", generation.provider())
            .setAttribute("gen_ai.conversation.id", request.session())
            .setAttribute("gen_ai.request.model", request.model())
            .setAttribute("gen_ai.request.temperature", request.temperature())
            .setAttribute("gen_ai.response.id", response.id())
            .setAttribute("gen_ai.response.model", response.model())
            .setAttribute(
                AttributeKey.stringArrayKey("gen_ai.response.finish_reasons"),
                response.choices().stream().map(StockRecord.Choice::reason).toList())
            .setAttribute("gen_ai.usage.input_tokens", response.usage().input())
            .setAttribute("gen_ai.usage.output_tokens", response.usage().output())
            .setAttribute("gen_ai.cost.total_tokens", response.usage().cost())
            .setAttribute("gen_ai.input.messages", parts(request.messages()))
            .setAttribute(
                "gen_ai.output.messages",
                parts(response.choices().stream().map(StockRecord.Choice::message).toList()))
            .startSpan();
    call.end(generation.end());
    run.end(generation.end());
  }

  private String parts(List<StockRecord.Message> messages) throws JsonProcessingException {
    List<Map<String, Object>> rewritten =
        messages.stream()
            .map(message ->
                Map.<String, Object>of(
                    "role",
                    message.role(),
                    "parts",
                    List.of(Map.of("type", "text", "content", message.content()))))
            .toList();
    return json.writeValueAsString(rewritten);
  }
}
