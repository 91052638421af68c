package dev.sentrybroadcast.intake.record;

import dev.sentrybroadcast.generation.ApiType;
import dev.sentrybroadcast.generation.Attempt;
import dev.sentrybroadcast.generation.Caller;
import dev.sentrybroadcast.generation.Content;
import dev.sentrybroadcast.generation.Cost;
import dev.sentrybroadcast.generation.Exchange;
import dev.sentrybroadcast.generation.Failure;
import dev.sentrybroadcast.generation.Generation;
import dev.sentrybroadcast.generation.Message;
import dev.sentrybroadcast.generation.Model;
import dev.sentrybroadcast.generation.Outcome;
import dev.sentrybroadcast.generation.Routing;
import dev.sentrybroadcast.generation.Timing;
import dev.sentrybroadcast.generation.ToolExecution;
import dev.sentrybroadcast.generation.Trace;
import dev.sentrybroadcast.generation.Usage;
import dev.sentrybroadcast.intake.Decoded;
import dev.sentrybroadcast.intake.Known;
import dev.sentrybroadcast.intake.Origin;
import dev.sentrybroadcast.intake.body.ApiBodies;
import dev.sentrybroadcast.intake.body.ApiRequest;
import dev.sentrybroadcast.intake.body.ApiResponse;
import dev.sentrybroadcast.intake.body.Call;
import dev.sentrybroadcast.intake.body.Failures;
import dev.sentrybroadcast.intake.body.TokenNames;
import dev.sentrybroadcast.intake.body.UnknownBody;
import dev.sentrybroadcast.intake.body.Usages;
import dev.sentrybroadcast.intake.json.ObjectView;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Reads a record, its request and its response. In a flat record the three are one object. */
final class GenerationReader {

  private final ObjectView record;
  private final ObjectView request;
  private final ObjectView response;
  private final Origin origin;

  GenerationReader(ObjectView record, ObjectView request, ObjectView response, Origin origin) {
    this.record = record;
    this.request = request;
    this.response = response;
    this.origin = origin;
  }

  Decoded read(String modelPath) {
    boolean cancelled = Boolean.TRUE.equals(record.flag("cancelled"));
    ApiType said = said(record);
    Call call = new Call(request, response, said, cancelled);
    ApiRequest asked = ApiBodies.request(call);
    ApiResponse answered = ApiBodies.response(call);
    Model model = model(asked, answered, ApiBodies.provider(call));
    if (model.requested() == null && model.responded() == null) {
      return new Decoded.Malformed(record.path(modelPath), "the name of a model");
    }
    Routing routing = Routings.read(record);
    if (routing == null) {
      return Routings.malformed(record);
    }
    List<ObjectView> usages = usages();
    Usage usage = usage(usages, answered);
    Cost cost = Costs.read(record, usages);
    Outcome outcome = outcome(asked, answered, cancelled);
    if (!Timings.isGiven(record)
        && !Usages.isKnown(usage)
        && !Costs.isKnown(cost)
        && outcome.failure() == null
        && !ApiBodies.isAnswered(call)) {
      String here = record.path();
      return new Decoded.Malformed(
          here.isEmpty() ? "$" : here, "a time, a usage, an output or an error");
    }
    ApiType apiType = Known.first(said, answered.apiType(), asked.apiType());
    Timing timing =
        Timings.generation(record, response, answered.durationNanos(), origin.sentEpochNanos());
    List<Attempt> attempts = Steps.attempts(record, response);
    List<ToolExecution> toolExecutions = Steps.toolExecutions(record);
    Caller caller = caller();
    ObjectView given = record.object("trace").over(request.object("trace"));
    Trace trace = Traces.read(given);
    String id = Known.first(record.id("id"), answered.outcome().responseId(), origin.id());
    Exchange exchange = exchange(asked, answered, outcome.failure() == null);
    logUnread();
    return new Decoded.Valid(
        new Generation(
            Objects.requireNonNull(id),
            routing,
            Objects.requireNonNull(apiType),
            model,
            timing,
            caller,
            trace,
            asked
                .parameters()
                .withPrompt(given.textIfAny("prompt_name"), given.firstText("prompt_version")),
            outcome,
            usage,
            cost,
            exchange,
            attempts,
            toolExecutions,
            record.log().corrections()));
  }

  /** The API in {@code api_type}; null where there is none, or one that is not known. */
  private static @Nullable ApiType said(ObjectView record) {
    String name = record.text("api_type");
    return switch (name == null ? null : name.toLowerCase(Locale.ROOT)) {
      case "chat" -> ApiType.CHAT;
      case "completion", "text_completion" -> ApiType.COMPLETION;
      case "responses" -> ApiType.RESPONSES;
      case "messages" -> ApiType.MESSAGES;
      case "embeddings", "embedding" -> ApiType.EMBEDDINGS;
      case "rerank" -> ApiType.RERANK;
      case "image", "video" -> ApiType.IMAGE;
      case "speech", "tts" -> ApiType.SPEECH;
      case "transcription", "stt" -> ApiType.TRANSCRIPTION;
      case "ocr", "search", "batch", "moderation" -> ApiType.OTHER;
      case "completions" -> null; // OpenRouter's word, also for chat
      case null -> null;
      default -> {
        record.drop("api_type");
        yield null;
      }
    };
  }

  private Model model(ApiRequest asked, ApiResponse answered, @Nullable String server) {
    String requested = asked.model() == null ? record.text("model") : asked.model();
    // In a flat record both have one field.
    boolean isOne =
        request == response
            && answered.model() != null
            && answered.model().equals(record.json().text("model"));
    String responded = isOne ? null : answered.model();
    String name = Objects.requireNonNullElse(Known.first(requested, responded), "");
    // A "provider" that is an object is the request's routing.
    String provider =
        Known.first(
            record.textIfAny("provider"),
            response.textIfAny("provider"),
            record.text("provider_name"),
            server);
    boolean isInName = provider == null && name.indexOf('/') > 0;
    return new Model(
        isInName ? name.substring(0, name.indexOf('/')) : provider, requested, responded);
  }

  private Outcome outcome(ApiRequest asked, ApiResponse answered, boolean cancelled) {
    Outcome told = answered.outcome();
    boolean stopped = cancelled || told.cancelled();
    return new Outcome(
        Known.first(record.text("upstream_id"), told.responseId()),
        stopped ? List.of() : told.finishReasons(),
        Known.first(told.nativeFinishReason(), record.word("native_finish_reason")),
        Known.first(record.flag("streamed"), asked.streamed()),
        stopped,
        failure(told.failure()));
  }

  /** Of the record, else of the response; an HTTP status alone is a failure, too. */
  private @Nullable Failure failure(@Nullable Failure answered) {
    Integer status = Failures.status(record);
    Integer failed = status != null && status >= 400 ? status : null;
    Failure own = Failures.read(record, failed);
    if (own != null) {
      return own;
    }
    Failure of = Failures.withStatus(answered, failed);
    return of == null ? Failures.ofStatus(failed) : of;
  }

  /** The usages of the record and of the response; the first one overrides the others. */
  private List<ObjectView> usages() {
    boolean isAmount = Costs.isAmount(record.get("usage"));
    List<ObjectView> usages = new ArrayList<>();
    if (record != response && !isAmount) {
      usages.add(record.object("usage"));
    }
    if (TokenNames.areIn(record)) {
      usages.add(record); // as OpenRouter's /generation
    }
    usages.add(
        record == response && isAmount ? response.objectIfAny("usage") : response.object("usage"));
    return usages;
  }

  /** All counts are of one usage: those of two would not add up. */
  private Usage usage(List<ObjectView> usages, ApiResponse answered) {
    for (ObjectView fields : usages.subList(0, usages.size() - 1)) {
      Usage usage = TokenNames.read(fields);
      if (Usages.isKnown(usage)) {
        return usage;
      }
    }
    return answered.usage();
  }

  /** Where a body is of no known shape, what nothing has read of it is content. */
  private Exchange exchange(ApiRequest asked, ApiResponse answered, boolean succeeded) {
    Exchange in = asked.exchange();
    Content<List<Message>> input = in.inputMessages();
    Content<List<Message>> output = in.embeddingsInput() == null ? answered.output() : null;
    if (input == null && in.embeddingsInput() == null && request != record) {
      input = UnknownBody.message("user", request);
    }
    // OpenRouter's /generation has counts at the top and no answer.
    if (output == null
        && in.embeddingsInput() == null
        && succeeded
        && !(request == response && TokenNames.areIn(record))) {
      output = UnknownBody.message("assistant", response);
    }
    return new Exchange(
        input,
        output,
        Known.first(in.systemInstructions(), answered.system()),
        in.toolDefinitions(),
        in.embeddingsInput());
  }

  private void logUnread() {
    for (ObjectView each : new LinkedHashSet<>(List.of(record, request, response))) {
      UnknownBody.log(each);
    }
  }

  private Caller caller() {
    return new Caller(
        Known.first(
            record.text("user"),
            request.text("user"),
            record.text("external_user"),
            request.objectIfAny("metadata").textIfAny("user_id")),
        Known.first(record.id("session_id"), request.id("session_id")),
        Known.first(record.objectIfAny("api_key").text("name"), record.text("api_key_name")),
        Known.first(
            record.textIfAny("app"),
            record.objectIfAny("app").firstText("name", "title"),
            record.firstText("app_name", "origin")));
  }
}
