package dev.sentrybroadcast.intake.otlp;

import dev.sentrybroadcast.generation.SpanRole;
import org.jspecify.annotations.Nullable;

/**
 * LangSmith's export over OpenTelemetry, in Python and JavaScript: runs of LangChain and calls of
 * its wrappers. Prompt and completion hold the whole request and response.
 *
 * @see <a href="https://docs.langchain.com/langsmith/trace-with-opentelemetry">OpenTelemetry</a>
 */
final class LangSmithVocabulary implements Vocabulary {

  private static final String METADATA = "langsmith.metadata.";
  private static final String MESSAGE =
      "gen_ai.completion/generations/0/0/message/kwargs/response_metadata/";

  private static final Names COMMON =
      Conventions.NAMES
          .with(Field.AGENT_NAME, "gen_ai.agent.name", METADATA + "lc_agent_name")
          .under(METADATA, Field.SESSION, "session_id", "thread_id", "conversation_id")
          .with(Field.USER, METADATA + "user_id");

  private static final Names CALL =
      COMMON
          .parameters(METADATA + "ls_")
          .parameters("gen_ai.prompt/")
          .usage(METADATA + "usage_metadata/")
          .usage("gen_ai.usage.")
          .finishReasons("gen_ai.completion/")
          .with(Field.FINISH_REASONS, "gen_ai.response.finish_reasons")
          .with(Field.PROVIDER, METADATA + "ls_provider")
          .with(Field.REQUEST_MODEL, "gen_ai.request.model", METADATA + "ls_model_name")
          .with(Field.RESPONSE_MODEL, "gen_ai.completion/model", MESSAGE + "model_name")
          .with(Field.RESPONSE_MODEL, "gen_ai.response.model")
          .with(Field.RESPONSE_ID, "gen_ai.response.id", "gen_ai.completion/id", MESSAGE + "id")
          .with(Field.TOOL_DEFINITIONS, "gen_ai.tool.definitions", "gen_ai.prompt/tools");

  private static final Names EMBEDDINGS = CALL.ofEmbeddings("gen_ai.prompt/input", "gen_ai.prompt");

  private static final Names TOOL = COMMON.ofTool("gen_ai.prompt", "gen_ai.completion");

  @Override
  public boolean matches(OtlpSpan span) {
    return span.scope().equals("langsmith") || span.text("langsmith.span.kind") != null;
  }

  /** By its kind: prompts and retrievers have operations of model calls. */
  @Override
  public SpanRole role(OtlpSpan span) {
    String kind = span.word("", "langsmith.span.kind");
    return switch (kind) {
      case "llm", "embedding" -> {
        SpanRole said = Conventions.roleOf(span);
        SpanRole call = Operations.callOf(span.text("gen_ai.request.model"));
        yield kind.equals("embedding") || call.equals(SpanRole.EMBEDDINGS)
            ? SpanRole.EMBEDDINGS
            : said.is(SpanRole.Type.MODEL_CALL) ? said : call;
      }
      case "tool" -> SpanRole.TOOL;
      case "chain" -> isAgent(span) ? SpanRole.AGENT : SpanRole.step(kind);
      case "" -> Conventions.roleOf(span);
      default -> SpanRole.step(kind);
    };
  }

  /** The runs within an agent have its name as well. */
  private static boolean isAgent(OtlpSpan span) {
    return span.name().equals(span.text(METADATA + "lc_agent_name"));
  }

  @Override
  public Names names(OtlpSpan span) {
    return Names.of(role(span), CALL, EMBEDDINGS, TOOL, COMMON);
  }

  /** In JavaScript a run that failed has a good status. */
  @Override
  public boolean failed(OtlpSpan span) {
    return span.hasErrorStatus() || span.exception() != null;
  }

  @Override
  public @Nullable String nameInSpanName(OtlpSpan span, SpanRole role) {
    return role.is(SpanRole.Type.AGENT) || role.is(SpanRole.Type.TOOL) ? span.name() : null;
  }
}
