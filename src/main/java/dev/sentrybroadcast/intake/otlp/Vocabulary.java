package dev.sentrybroadcast.intake.otlp;

import dev.sentrybroadcast.generation.SpanRole;
import dev.sentrybroadcast.intake.json.JsonValue;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * How one family of producers writes spans. A new one is a constant and a word in {@link
 * Vocabularies}. What it does not say is as in the GenAI conventions.
 */
final class Vocabulary {

  final Predicate<OtlpSpan> family;
  Function<OtlpSpan, SpanRole> role = Conventions::roleOf;
  BiFunction<OtlpSpan, SpanRole, Names> names = (_, _) -> Conventions.NAMES;
  ContentShape content = (_, _, value) -> value;
  Predicate<OtlpSpan> cacheApart = _ -> false;
  Predicate<OtlpSpan> reasoningApart = _ -> false;
  Set<String> harmless = Set.of();
  private Predicate<OtlpSpan> failed = _ -> false;
  private @Nullable Pattern spanName;

  private Vocabulary(Predicate<OtlpSpan> family) {
    this.family = family;
  }

  /** Whether a span is of the family, told by its scope and its attributes alone. */
  static Vocabulary of(Predicate<OtlpSpan> family) {
    return new Vocabulary(family);
  }

  /** What a span is, told by itself alone: never by the spans around it. */
  Vocabulary role(Function<OtlpSpan, SpanRole> reader) {
    role = reader;
    return this;
  }

  /** Usually {@code Conventions.NAMES} with names of its own before them. */
  Vocabulary names(Names all) {
    return names((_, _) -> all);
  }

  Vocabulary names(BiFunction<OtlpSpan, SpanRole, Names> reader) {
    names = reader;
    return this;
  }

  /** Which names are those of a role. */
  Vocabulary names(Names call, Names embeddings, Names tool, Names other) {
    return names((_, role) ->
        switch (role.type()) {
          case MODEL_CALL -> role.equals(SpanRole.EMBEDDINGS) ? embeddings : call;
          case TOOL -> tool;
          default -> other;
        });
  }

  /** Content of which {@link OtlpMessages} would not know the shape. */
  Vocabulary content(ContentShape reader) {
    content = reader;
    return this;
  }

  /** Whether input tokens are those that were neither read from the cache nor written to it. */
  Vocabulary countsCacheApart(Predicate<OtlpSpan> test) {
    cacheApart = test;
    return this;
  }

  /** Whether output tokens are those that were not reasoning. */
  Vocabulary countsReasoningApart(Predicate<OtlpSpan> test) {
    reasoningApart = test;
    return this;
  }

  /** Which spans without an error status failed, too. */
  Vocabulary failed(Predicate<OtlpSpan> test) {
    failed = test;
    return this;
  }

  /** The names of spans of agents and tools; group 1 is the agent or the tool. */
  Vocabulary spanName(String pattern) {
    spanName = Pattern.compile(pattern, Pattern.DOTALL);
    return this;
  }

  /** Names of attributes whose text is no content and leaves under the same name. */
  Vocabulary harmless(String... attributes) {
    harmless = Set.of(attributes);
    return this;
  }

  boolean hasFailed(OtlpSpan span) {
    return span.hasErrorStatus() || failed.test(span);
  }

  /** The agent or tool that only the span's name says. In privacy mode it is withheld. */
  @Nullable String nameInSpanName(OtlpSpan span, SpanRole role) {
    if (!role.is(SpanRole.Type.TOOL) && !role.is(SpanRole.Type.AGENT)) {
      return null;
    }
    Matcher matcher = spanName == null ? null : spanName.matcher(span.name());
    if (matcher != null && matcher.matches()) {
      return matcher.group(1);
    }
    // As in "execute_tool get_weather".
    String operation = role.name() + " ";
    String rest =
        span.name().startsWith(operation) ? span.name().substring(operation.length()) : "";
    return rest.isBlank() ? null : rest.strip();
  }

  /**
   * Puts content into a shape that {@link OtlpMessages} reads: messages, parts or text. Called when
   * the content is revealed.
   */
  interface ContentShape {
    JsonValue of(OtlpSpan span, Field field, JsonValue value);
  }
}
