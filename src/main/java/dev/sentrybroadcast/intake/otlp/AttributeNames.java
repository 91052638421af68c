package dev.sentrybroadcast.intake.otlp;

import dev.sentrybroadcast.generation.Caller;
import dev.sentrybroadcast.generation.Content;
import dev.sentrybroadcast.generation.Exchange;
import dev.sentrybroadcast.generation.JsonText;
import dev.sentrybroadcast.generation.Message;
import dev.sentrybroadcast.intake.body.TokenNames;
import dev.sentrybroadcast.intake.json.JsonTexts;
import dev.sentrybroadcast.intake.json.JsonValue;
import dev.sentrybroadcast.intake.json.Numbers;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The table of a vocabulary: which attributes hold a value. The first one that is there counts; the
 * others are taken for copies of it.
 *
 * @param indexedInput the prefix of messages in attributes of their own, such as {@code
 *     gen_ai.prompt.0.content}; empty for none
 * @param indexedOutput the same of output messages
 */
record AttributeNames(
    TokenNames tokens,
    List<String> input,
    List<String> output,
    String indexedInput,
    String indexedOutput,
    List<String> system,
    List<String> toolDefinitions,
    List<String> embeddingsInput,
    List<String> toolArguments,
    List<String> toolResult,
    List<String> user,
    List<String> session,
    List<String> apiKeyName,
    List<String> appName,
    List<String> environment,
    List<String> release) {

  /** The same names on a span that executes a tool, which has its input and output there. */
  AttributeNames ofTool(List<String> arguments, List<String> result) {
    return new AttributeNames(
        tokens,
        List.of(),
        List.of(),
        indexedInput,
        indexedOutput,
        system,
        toolDefinitions,
        embeddingsInput,
        arguments,
        result,
        user,
        session,
        apiKeyName,
        appName,
        environment,
        release);
  }

  SpanValues read(OtlpSpan span) {
    OtlpAttributes attributes = span.attributes();
    Set<String> read = new HashSet<>(tokens.all());
    Exchange exchange =
        new Exchange(
            messages(attributes, input, indexedInput, "user", read),
            messages(attributes, output, indexedOutput, "assistant", read),
            content(attributes, system, OtlpMessages::parts, read),
            content(attributes, toolDefinitions, AttributeNames::json, read),
            content(attributes, embeddingsInput, AttributeNames::json, read));
    return new SpanValues(
        tokens.read(names -> count(attributes, names), span.json().log()),
        exchange,
        content(attributes, toolArguments, AttributeNames::json, read),
        content(attributes, toolResult, AttributeNames::json, read),
        new Caller(
            attributes.text(user),
            attributes.id(session),
            attributes.text(apiKeyName),
            attributes.text(appName)),
        attributes.text(environment),
        attributes.text(release),
        read);
  }

  static JsonText json(JsonValue value) {
    JsonText json = JsonTexts.ofArguments(value);
    return json == null ? JsonTexts.ofText("") : json;
  }

  private static @Nullable Long count(OtlpAttributes attributes, List<String> names) {
    Long found = null;
    for (String name : names) {
      found = Numbers.firstPositive(found, Numbers.count(attributes.get(name)));
    }
    return found;
  }

  private static @Nullable Content<List<Message>> messages(
      OtlpAttributes attributes, List<String> names, String prefix, String role, Set<String> read) {
    Content<List<Message>> messages =
        content(attributes, names, value -> OtlpMessages.of(value, role), read);
    IndexedMessages indexed = IndexedMessages.of(attributes, prefix, read);
    return messages == null && !indexed.isEmpty()
        ? Content.deferred(() -> indexed.messages(role))
        : messages;
  }

  private static <T> @Nullable Content<T> content(
      OtlpAttributes attributes,
      List<String> names,
      Function<JsonValue, T> reader,
      Set<String> read) {
    JsonValue first = null;
    for (String name : names) {
      JsonValue value = attributes.get(name);
      if (value != null && !(value instanceof JsonValue.Numeric)) {
        read.add(name);
        first = first == null ? value : first;
      }
    }
    JsonValue value = first;
    return value == null ? null : Content.deferred(() -> reader.apply(value));
  }
}
