package dev.sentrybroadcast.intake.bedrock;

import dev.sentrybroadcast.intake.body.ApiBodies;
import dev.sentrybroadcast.intake.json.JsonObject;
import dev.sentrybroadcast.intake.json.JsonValue;
import dev.sentrybroadcast.intake.json.ObjectView;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Bodies of {@code InvokeModel}, which each family of models has its own form of. Those that no API
 * outside of Bedrock has become OpenAI's: completions, images and embeddings. Converse, Anthropic,
 * Nova, Cohere's chat and OpenAI's bodies stay as they are.
 *
 * @param model its id
 * @see <a href="https://docs.aws.amazon.com/bedrock/latest/userguide/model-parameters.html">Bodies
 *     of each family</a>
 */
record InvokeModelBodies(String model) {

  private static final String METRICS = "amazon-bedrock-invocationMetrics";

  /** Texts that grow from chunk to chunk. */
  private static final Set<String> GROWING =
      Set.of("outputText", "generation", "text", "completion");

  /** Lists with one element for each answer: Titan's, Mistral's, Cohere's, AI21's, DeepSeek's. */
  private static final List<String> ANSWERS =
      List.of("results", "outputs", "generations", "completions", "choices");

  /** The answer alone, of Titan's stream, Llama and Claude 2. */
  private static final String[] TEXTS = {"outputText", "generation", "completion"};

  /** Titan Image, Nova Canvas and what Stability makes. */
  private static final Pattern IMAGES = Pattern.compile("-image-|canvas|(^|\\.)stability\\.");

  private static final Map<String, String> PARAMETERS =
      Map.of(
          "maxTokenCount", "max_tokens",
          "max_gen_len", "max_tokens",
          "max_tokens_to_sample", "max_tokens",
          "topP", "top_p",
          "stopSequences", "stop");

  /** What the model's name says; null where the bodies tell. */
  @Nullable JsonValue apiType() {
    if (model.contains("embed")) {
      return text("embeddings");
    }
    if (model.contains("rerank")) {
      return text("rerank");
    }
    return IMAGES.matcher(model).find() ? text("image") : null;
  }

  JsonObject request(JsonObject body) {
    Map<String, JsonValue> fields = new LinkedHashMap<>();
    for (JsonObject from :
        List.of(body.without("textGenerationConfig"), body.object("textGenerationConfig"))) {
      from.fields()
          .forEach((name, value) -> fields.put(PARAMETERS.getOrDefault(name, name), value));
    }
    JsonValue input = fields.remove("inputText");
    JsonObject request = new JsonObject(fields);
    String prompt = input == null ? prompt(body) : "";
    return request.with(
        model.contains("embed") ? "input" : "prompt", prompt.isEmpty() ? input : text(prompt));
  }

  /** Of Titan Image, Nova Canvas and Stable Diffusion, and the text of Nova's embeddings. */
  private static String prompt(JsonObject body) {
    String prompts =
        JsonValue.items(body.get("text_prompts")).stream()
            .map(prompt -> String.valueOf(JsonObject.of(prompt).text("text")))
            .collect(Collectors.joining("\n"));
    return prompts.isEmpty() && body.has("taskType")
        ? body.fields().entrySet().stream()
            .filter(field -> field.getKey().endsWith("Params"))
            .map(field -> JsonObject.of(field.getValue()).get("text"))
            .map(text -> JsonValue.text(text instanceof JsonObject o ? o.get("value") : text))
            .filter(text -> text != null)
            .collect(Collectors.joining("\n"))
        : prompts;
  }

  /** Of an object, or of the chunks of a stream. */
  JsonObject response(JsonValue body) {
    boolean isKnownStream = !body.isArray() || ApiBodies.isStream(body);
    JsonObject whole =
        isKnownStream
            ? ApiBodies.responseOf(
                    ObjectView.of(JsonObject.NONE.with("response", body)), "response")
                .json()
            : merged(JsonValue.items(body));
    return images(answers(whole.without(METRICS)));
  }

  /** How long the call took, at the end of a stream. */
  static JsonObject metrics(@Nullable JsonValue body) {
    List<JsonValue> chunks = JsonValue.items(body);
    JsonObject last = JsonObject.of(chunks.isEmpty() ? body : chunks.getLast());
    return last.object(METRICS);
  }

  /** Chunks of Titan, Llama, Mistral, Cohere's Command and older models. */
  private static JsonObject merged(List<JsonValue> chunks) {
    Map<String, JsonValue> whole = new LinkedHashMap<>();
    for (JsonValue chunk : chunks) {
      JsonObject.of(chunk)
          .fields()
          .forEach((name, value) -> whole.merge(name, value, (a, b) -> merged(name, a, b)));
    }
    // Cohere's last event has the whole response.
    return whole.get("response") instanceof JsonObject response ? response : new JsonObject(whole);
  }

  private static JsonValue merged(String name, JsonValue before, JsonValue next) {
    if (next instanceof JsonValue.Null) {
      return before;
    }
    if (GROWING.contains(name)
        && before instanceof JsonValue.Text(String one)
        && next instanceof JsonValue.Text(String other)) {
      return text(one + other);
    }
    if (ANSWERS.contains(name)
        && before instanceof JsonValue.Array(var ones)
        && next instanceof JsonValue.Array(var others)
        && ones.size() == 1
        && others.size() == 1) {
      return new JsonValue.Array(List.of(merged(List.of(ones.getFirst(), others.getFirst()))));
    }
    return next;
  }

  /** With OpenAI's {@code choices}. */
  private static JsonObject answers(JsonObject response) {
    for (String list : ANSWERS) {
      List<JsonValue> answers = JsonValue.items(response.get(list));
      if (!answers.isEmpty() && answers.stream().allMatch(InvokeModelBodies::isAnswer)) {
        return response
            .without(list)
            .with(
                "choices",
                new JsonValue.Array(
                    answers.stream().map(each -> choice(JsonObject.of(each))).toList()));
      }
    }
    return response.first(TEXTS) instanceof JsonValue.Text
        ? response
            .without(TEXTS)
            .without("completionReason", "stop_reason")
            .with("choices", new JsonValue.Array(List.of(choice(response))))
        : response;
  }

  private static boolean isAnswer(JsonValue answer) {
    return JsonObject.of(answer).first("outputText", "text", "data", "message") != null;
  }

  private static JsonValue choice(JsonObject answer) {
    JsonValue text = answer.first("outputText", "generation", "completion", "text");
    JsonValue reason = answer.first("finish_reason", "stop_reason", "completionReason");
    return JsonObject.NONE
        .with("index", answer.get("index"))
        .with("message", answer.get("message"))
        .with("text", text == null ? answer.object("data").get("text") : text)
        .with("tokens", answer.get("tokens"))
        .with(
            "finish_reason", reason == null ? answer.object("finishReason").get("reason") : reason);
  }

  /** With OpenAI's {@code data} of images. */
  private static JsonObject images(JsonObject response) {
    List<JsonValue> images = new ArrayList<>();
    for (JsonValue image : JsonValue.items(response.first("images", "artifacts"))) {
      JsonValue data = image.isText() ? image : JsonObject.of(image).get("base64");
      images.add(JsonObject.NONE.with("b64_json", data));
    }
    return images.isEmpty()
        ? response
        : response.without("images", "artifacts").with("data", new JsonValue.Array(images));
  }

  private static JsonValue text(String text) {
    return new JsonValue.Text(text);
  }
}
