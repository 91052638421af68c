package dev.sentrybroadcast.intake;

import dev.sentrybroadcast.generation.ApiType;
import dev.sentrybroadcast.generation.Attempt;
import dev.sentrybroadcast.generation.Caller;
import dev.sentrybroadcast.generation.Cost;
import dev.sentrybroadcast.generation.Exchange;
import dev.sentrybroadcast.generation.Generation;
import dev.sentrybroadcast.generation.Model;
import dev.sentrybroadcast.generation.Outcome;
import dev.sentrybroadcast.generation.Routing;
import dev.sentrybroadcast.generation.Timing;
import dev.sentrybroadcast.generation.ToolExecution;
import dev.sentrybroadcast.generation.Trace;
import dev.sentrybroadcast.generation.Usage;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * From a record, its request and its response to a generation. In the flat dialect the three are
 * one object.
 */
final class GenerationReader {

  private final Fields record;
  private final Fields request;
  private final Fields response;
  private final Origin origin;

  GenerationReader(Fields record, Fields request, Fields response, Origin origin) {
    this.record = record;
    this.request = request;
    this.response = response;
    this.origin = origin;
  }

  Decoded read(String modelPath) {
    Model model = model();
    if (model.requested() == null && model.responded() == null) {
      return new Decoded.Malformed(record.path(modelPath), "the name of a model");
    }
    Routing routing = RoutingReader.read(record);
    if (routing == null) {
      return RoutingReader.malformed(record);
    }
    List<Fields> usages = usages();
    Usage usage = usage(usages);
    Cost cost = CostReader.read(record, usages);
    Outcome outcome = OutcomeReader.read(record, request, response);
    if (!TimingReader.isGiven(record)
        && !UsageReader.isKnown(usage)
        && !CostReader.isKnown(cost)
        && outcome.failure() == null
        && !ExchangeReader.hasOutput(response)) {
      String here = record.path();
      return new Decoded.Malformed(
          here.isEmpty() ? "$" : here, "a time, a usage, an output or an error");
    }
    Timing timing = TimingReader.generation(record, response, origin.sentEpochNanos());
    ApiType apiType = ApiTypeReader.read(record, request, response);
    Exchange exchange = ExchangeReader.read(apiType, request, response, outcome);
    List<Attempt> attempts = StepsReader.attempts(record, response);
    List<ToolExecution> toolExecutions = StepsReader.toolExecutions(record);
    Caller caller = caller();
    Trace trace = TraceReader.read(record.object("trace").over(request.object("trace")));
    return new Decoded.Valid(
        new Generation(
            id(),
            routing,
            apiType,
            model,
            timing,
            caller,
            trace,
            ParametersReader.read(request),
            outcome,
            usage,
            cost,
            exchange,
            attempts,
            toolExecutions,
            record.log().corrections()));
  }

  private String id() {
    String id = record.text("id");
    if (id == null) {
      id = response.text("id");
    }
    return id == null ? origin.id() : id;
  }

  private Model model() {
    String requested = request.text("model");
    if (requested == null) {
      requested = record.text("model");
    }
    String responded = request == response ? null : response.text("model");
    String provider = textIfAny(record, "provider");
    if (provider == null) {
      provider = textIfAny(response, "provider");
    }
    if (provider == null) {
      provider = record.text("provider_name");
    }
    String name = requested == null ? responded : requested;
    if (provider == null && name != null && name.indexOf('/') > 0) {
      provider = name.substring(0, name.indexOf('/'));
    }
    return new Model(provider, requested, responded);
  }

  /** Text only: in a flat record {@code provider} may be the request's routing. */
  private static @Nullable String textIfAny(Fields fields, String field) {
    JsonValue value = fields.get(field);
    return value != null && value.isText() ? fields.text(field) : null;
  }

  /** The one that overrides first. */
  private List<Fields> usages() {
    List<Fields> usages = new ArrayList<>(2);
    JsonValue usage = record.get("usage");
    boolean amount = CostReader.isAmount(usage);
    if (record != response && !amount) {
      usages.add(record.object("usage"));
    }
    if (record.has("native_tokens_prompt")
        || record.has("native_tokens_completion")
        || record.has("tokens_prompt")
        || record.has("tokens_completion")) {
      usages.add(record);
    }
    usages.add(
        record == response && amount ? record.objectIfAny("usage") : response.object("usage"));
    return usages;
  }

  /** Of the first that has counts, all of them: those of two would not add up. */
  private static Usage usage(List<Fields> usages) {
    for (Fields fields : usages) {
      Usage usage = UsageReader.read(fields);
      if (UsageReader.isKnown(usage)) {
        return usage;
      }
    }
    return Usage.NONE;
  }

  private Caller caller() {
    String user = firstText(record, request, "user");
    if (user == null) {
      user = record.text("external_user");
    }
    if (user == null) {
      user = textIfAny(request.objectIfAny("metadata"), "user_id");
    }
    String app = textIfAny(record, "app");
    if (app == null) {
      app = record.objectIfAny("app").firstText("name", "title");
    }
    if (app == null) {
      app = record.firstText("app_name", "origin");
    }
    String key = record.objectIfAny("api_key").text("name");
    return new Caller(
        user,
        firstText(record, request, "session_id"),
        key == null ? record.text("api_key_name") : key,
        app);
  }

  private static @Nullable String firstText(Fields preferred, Fields other, String field) {
    String text = preferred.text(field);
    return text != null ? text : other.text(field);
  }
}
