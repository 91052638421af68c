package dev.sentrybroadcast.intake.otlp;

import dev.sentrybroadcast.generation.Caller;
import dev.sentrybroadcast.generation.Content;
import dev.sentrybroadcast.generation.Cost;
import dev.sentrybroadcast.generation.Exchange;
import dev.sentrybroadcast.generation.Failure;
import dev.sentrybroadcast.generation.JsonText;
import dev.sentrybroadcast.generation.Message;
import dev.sentrybroadcast.generation.Model;
import dev.sentrybroadcast.generation.Outcome;
import dev.sentrybroadcast.generation.RecordedSpan;
import dev.sentrybroadcast.generation.RequestParameters;
import dev.sentrybroadcast.generation.Scalar;
import dev.sentrybroadcast.generation.SpanName;
import dev.sentrybroadcast.generation.SpanRole;
import dev.sentrybroadcast.generation.Timing;
import dev.sentrybroadcast.generation.ToolExecution;
import dev.sentrybroadcast.generation.Usage;
import dev.sentrybroadcast.intake.Origin;
import dev.sentrybroadcast.intake.body.Conversation;
import dev.sentrybroadcast.intake.json.JsonTexts;
import dev.sentrybroadcast.intake.json.JsonValue;
import dev.sentrybroadcast.intake.json.Words;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Reads one span of OTLP/JSON into the values that records have. */
final class SpanReader {

  private final OtlpSpan span;
  private final Vocabulary vocabulary;
  private final SpanRole role;
  private final SpanReading reading;
  private final Map<String, Scalar> attributes = new LinkedHashMap<>();
  private final Map<String, Content<Scalar>> content = new LinkedHashMap<>();

  SpanReader(OtlpSpan span) {
    this.span = span;
    this.vocabulary = Vocabularies.of(span);
    this.role = vocabulary.role.apply(span);
    this.reading = new SpanReading(span, vocabulary.names.apply(span, role));
  }

  ReadSpan read(OtlpIds ids, OtlpSpan.Resource resource, Origin origin) {
    String operation = reading.text(Field.OPERATION);
    Timing timing = reading.timing(origin);
    // Sentry counts no step, so its values keep their names.
    boolean isStep = role.operation() == null;
    Model model = isStep ? new Model(null, null, null) : model();
    RequestParameters parameters = isStep ? RequestParameters.NONE : reading.parameters();
    String agent = reading.text(Field.AGENT_NAME);
    Outcome outcome = outcome();
    ToolExecution tool = role.is(SpanRole.Type.TOOL) ? tool() : null;
    Exchange exchange = keepsContent() ? Exchange.NONE : exchange();
    Usage tokens = reading.usage(vocabulary);
    Cost cost = reading.cost();
    Caller caller =
        new Caller(
            reading.text(Field.USER),
            reading.id(Field.SESSION),
            reading.text(Field.API_KEY_NAME),
            reading.text(Field.APP_NAME));
    String environment = reading.text(Field.ENVIRONMENT);
    String release = reading.text(Field.RELEASE);
    SpanName name = name(model, agent, tool);
    rest(resource);
    if (role.is(SpanRole.Type.STEP) && operation != null) {
      put("broadcast.operation.name", role.name());
    }
    return new ReadSpan(
        ids.trace(),
        span.scope(),
        new RecordedSpan(
            ids.span(),
            ids.parent(),
            name,
            span.kind(),
            timing,
            role,
            model,
            parameters,
            outcome,
            tokens,
            cost,
            exchange,
            agent,
            tool,
            attributes,
            content),
        caller,
        environment == null ? resource.environment() : environment,
        release);
  }

  /** Evaluations and memories have content of their own shape; other spans may have none. */
  private boolean keepsContent() {
    return switch (role.type()) {
      case EVALUATION, MEMORY -> true;
      case STEP, ATTEMPT ->
          !span.has("gen_ai.input.messages") && !span.has("gen_ai.output.messages");
      default -> false;
    };
  }

  private Model model() {
    String provider = reading.text(Field.PROVIDER);
    return new Model(
        Conventions.FRAMEWORKS.contains(orEmpty(provider)) ? null : provider,
        reading.text(Field.REQUEST_MODEL),
        reading.text(Field.RESPONSE_MODEL));
  }

  private Outcome outcome() {
    Failure failure = failure();
    String errorType = SpanReading.withoutClass(orEmpty(reading.text(Field.ERROR_TYPE)));
    if (failure == null && !errorType.isEmpty()) {
      if (Words.isWord(errorType)) {
        attributes.put("error.type", new Scalar.Text(errorType));
      } else {
        span.json().drop("attributes.error.type");
      }
    }
    return new Outcome(
        reading.text(Field.RESPONSE_ID),
        reading.words(Field.FINISH_REASONS),
        reading.word(Field.NATIVE_FINISH_REASON),
        reading.flag(Field.STREAMED),
        false,
        failure);
  }

  private @Nullable Failure failure() {
    return vocabulary.hasFailed(span) ? SpanFailure.of(span, reading) : null;
  }

  private ToolExecution tool() {
    return new ToolExecution(
        reading.text(Field.TOOL_CALL_ID),
        orEmpty(reading.text(Field.TOOL_NAME)),
        Content.deferred(reading.content(Field.TOOL_DESCRIPTION), JsonTexts::words),
        content(Field.TOOL_ARGUMENTS, SpanReader::json),
        content(Field.TOOL_RESULT, SpanReader::json),
        null,
        null);
  }

  private Exchange exchange() {
    JsonValue input = reading.content(Field.INPUT);
    JsonValue system = reading.content(Field.SYSTEM);
    Content<List<Message>> output =
        content(Field.OUTPUT, value -> OtlpMessages.of(value, "assistant"));
    return new Exchange(
        Content.deferred(
            input,
            given -> system == null ? Conversation.withoutSystem(input(given)) : input(given)),
        output,
        system == null
            ? Content.deferred(input, given -> Conversation.system(input(given)))
            : Content.deferred(
                system,
                given -> OtlpMessages.parts(vocabulary.content.of(span, Field.SYSTEM, given))),
        content(Field.TOOL_DEFINITIONS, SpanReader::json),
        content(Field.EMBEDDINGS_INPUT, SpanReader::json));
  }

  private List<Message> input(JsonValue value) {
    return OtlpMessages.of(vocabulary.content.of(span, Field.INPUT, value), "user");
  }

  private <T> @Nullable Content<T> content(Field field, Function<JsonValue, T> reader) {
    return Content.deferred(
        reading.content(field), value -> reader.apply(vocabulary.content.of(span, field, value)));
  }

  private static JsonText json(JsonValue value) {
    return JsonTexts.ofArguments(Json.objectsIn(value));
  }

  private SpanName name(Model model, @Nullable String agent, @Nullable ToolExecution tool) {
    String which =
        switch (role.type()) {
          case MODEL_CALL -> model.requested() == null ? model.responded() : model.requested();
          case AGENT -> agent;
          case TOOL -> tool == null ? null : tool.name();
          default -> null;
        };
    String inName = vocabulary.nameInSpanName(span, role);
    if (inName != null && orEmpty(which).isEmpty()) {
      String attribute = role.is(SpanRole.Type.TOOL) ? "gen_ai.tool.name" : "gen_ai.agent.name";
      content.put(attribute, Content.of(new Scalar.Text(inName)));
    }
    String known = (role.name() + " " + orEmpty(which)).strip();
    String given = span.name();
    return new SpanName(known, given.equals(known) ? null : Content.of(given));
  }

  /** Attributes that are in no value, under their own names. */
  private void rest(OtlpSpan.Resource resource) {
    span.attributes()
        .values()
        .forEach((name, value) -> {
          if (!reading.isRead(name) && !OwnNames.areOurs(name) && !span.isCopy(name)) {
            rest(name, value);
          }
        });
    put("trace.metadata.service.name", resource.serviceName());
    put("trace.metadata.service.version", resource.serviceVersion());
  }

  private void rest(String name, JsonValue value) {
    Scalar harmless = OwnNames.harmless(name, value, vocabulary.harmless);
    if (harmless != null) {
      attributes.putIfAbsent(name, harmless);
    } else if (OwnNames.isVector(name, value)) {
      span.attributes().drop(name);
    } else if (!value.isBlank()) {
      content.putIfAbsent(name, Content.deferred(() -> OwnNames.any(value, Integer.MAX_VALUE)));
    }
  }

  private void put(String name, @Nullable String value) {
    if (value != null) {
      attributes.put(name, new Scalar.Text(value));
    }
  }

  private static String orEmpty(@Nullable String text) {
    return Objects.requireNonNullElse(text, "");
  }
}
