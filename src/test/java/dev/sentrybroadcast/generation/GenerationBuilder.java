package dev.sentrybroadcast.generation;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Builds a generation for a test: what the test does not set is plain or absent. */
public final class GenerationBuilder {

  public static final long START = 1_763_640_000_000_000_000L;
  public static final long SECOND = 1_000_000_000L;

  private final String id;
  private Routing routing = new Routing(List.of(), PrivacyMode.OFF);
  private ApiType apiType = ApiType.CHAT;
  private Model model = new Model("openai", "openai/gpt-4o", "gpt-4o-2024-08-06");
  private Timing timing = new Timing(START, START + 2 * SECOND, null);
  private Caller caller = new Caller(null, null, null, null);
  private @Nullable String traceId;
  private @Nullable String traceName;
  private @Nullable String spanName;
  private @Nullable String generationName;
  private @Nullable String parentSpanId;
  private @Nullable String agentName;
  private @Nullable String environment;
  private @Nullable String release;
  private final Map<String, Scalar> metadata = new LinkedHashMap<>();
  private RequestParameters parameters = RequestParameters.NONE;
  private Outcome outcome = new Outcome(null, List.of("stop"), null, null, false, null);
  private Usage usage = Usage.NONE;
  private Cost cost = Cost.NONE;
  private Exchange exchange = Exchange.NONE;
  private final List<Attempt> attempts = new ArrayList<>();
  private final List<ToolExecution> tools = new ArrayList<>();

  public GenerationBuilder(String id) {
    this.id = id;
  }

  public GenerationBuilder metadataOnly() {
    routing = new Routing(List.of(), PrivacyMode.ON);
    return this;
  }

  public GenerationBuilder apiType(ApiType value) {
    apiType = value;
    return this;
  }

  public GenerationBuilder model(
      @Nullable String provider, @Nullable String requested, @Nullable String responded) {
    model = new Model(provider, requested, responded);
    return this;
  }

  public GenerationBuilder timing(Timing value) {
    timing = value;
    return this;
  }

  public GenerationBuilder caller(Caller value) {
    caller = value;
    return this;
  }

  public GenerationBuilder session(String value) {
    caller = new Caller(caller.user(), value, caller.apiKeyName(), caller.appName());
    return this;
  }

  public GenerationBuilder traceId(@Nullable String value) {
    traceId = value;
    return this;
  }

  public GenerationBuilder traceName(String value) {
    traceName = value;
    return this;
  }

  public GenerationBuilder spanName(String value) {
    spanName = value;
    return this;
  }

  public GenerationBuilder generationName(String value) {
    generationName = value;
    return this;
  }

  public GenerationBuilder parentSpanId(String value) {
    parentSpanId = value;
    return this;
  }

  public GenerationBuilder agentName(String value) {
    agentName = value;
    return this;
  }

  public GenerationBuilder environment(String value) {
    environment = value;
    return metadata("environment", new Scalar.Text(value));
  }

  public GenerationBuilder release(String value) {
    release = value;
    return metadata("release", new Scalar.Text(value));
  }

  public GenerationBuilder metadata(String key, Scalar value) {
    metadata.put(key, value);
    return this;
  }

  public GenerationBuilder parameters(RequestParameters value) {
    parameters = value;
    return this;
  }

  public GenerationBuilder outcome(Outcome value) {
    outcome = value;
    return this;
  }

  public GenerationBuilder failure(Failure value) {
    outcome = new Outcome(null, List.of(), null, null, false, value);
    return this;
  }

  public GenerationBuilder usage(Usage value) {
    usage = value;
    return this;
  }

  public GenerationBuilder cost(Cost value) {
    cost = value;
    return this;
  }

  public GenerationBuilder exchange(Exchange value) {
    exchange = value;
    return this;
  }

  public GenerationBuilder input(List<Message> messages) {
    return exchange(new Exchange(Content.of(messages), null, null, null, null));
  }

  public GenerationBuilder attempt(Attempt value) {
    attempts.add(value);
    return this;
  }

  public GenerationBuilder tool(ToolExecution value) {
    tools.add(value);
    return this;
  }

  public Generation build() {
    return new Generation(
        id,
        routing,
        apiType,
        model,
        timing,
        caller,
        new Trace(
            traceId,
            traceName,
            spanName,
            generationName,
            parentSpanId,
            agentName,
            environment,
            release,
            metadata),
        parameters,
        outcome,
        usage,
        cost,
        exchange,
        attempts,
        tools,
        Corrections.NONE);
  }
}
