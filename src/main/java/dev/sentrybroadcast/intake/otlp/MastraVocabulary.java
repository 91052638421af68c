package dev.sentrybroadcast.intake.otlp;

/**
 * Mastra. It follows the conventions; a failed call has no error status, and the session stands in
 * its metadata.
 *
 * @see <a href="https://mastra.ai/docs/observability/tracing/exporters/otel">Exporter</a>
 */
final class MastraVocabulary implements Vocabulary {

  private static final Names NAMES =
      Conventions.NAMES
          .with(Field.USER, "mastra.metadata.userId")
          .with(Field.SESSION, "mastra.metadata.sessionId", "mastra.metadata.threadId")
          .with(Field.ERROR_MESSAGE, "error.message");

  @Override
  public boolean matches(OtlpSpan span) {
    return span.scope().startsWith("@mastra/") || span.has("mastra.span.type");
  }

  @Override
  public Names names(OtlpSpan span) {
    return NAMES;
  }

  @Override
  public boolean failed(OtlpSpan span) {
    String reasons = span.text("gen_ai.response.finish_reasons");
    return span.hasErrorStatus() || (reasons != null && reasons.contains("\"error\""));
  }
}
