package dev.sentrybroadcast.intake.otlp;

import java.util.Set;

/**
 * Attributes whose text is not content: names, ids, enumerations, and metadata that a caller gave
 * to be sent. The text of every other attribute is content.
 */
final class HarmlessNames {

  private static final Set<String> EXACT =
      Set.of(
          "gen_ai.operation.name",
          "gen_ai.provider.name",
          "gen_ai.system",
          "gen_ai.request.model",
          "gen_ai.request.reasoning.level",
          "gen_ai.request.seed",
          "gen_ai.openai.request.seed",
          "gen_ai.response.model",
          "gen_ai.response.id",
          "gen_ai.response.finish_reason",
          "gen_ai.response.finish_reasons",
          "gen_ai.conversation.id",
          "gen_ai.agent.id",
          "gen_ai.agent.name",
          "gen_ai.tool.name",
          "gen_ai.tool.type",
          "gen_ai.tool.call.id",
          "gen_ai.output.type",
          "gen_ai.data_source.id",
          "gen_ai.workflow.name",
          "gen_ai.pipeline.name",
          "openai.api.type",
          "openai.request.service_tier",
          "openai.response.service_tier",
          "llm.request.type",
          "openinference.span.kind",
          "traceloop.span.kind",
          "server.address",
          "http.request.method",
          "db.system.name",
          "db.operation.name",
          "db.collection.name",
          "rpc.system",
          "messaging.system",
          "span.type",
          "span.level",
          "trace.name",
          "user.id",
          "session.id",
          "service.name",
          "service.version",
          "deployment.environment",
          "deployment.environment.name",
          "sentry.op",
          "sentry.environment",
          "sentry.release");

  private HarmlessNames() {}

  static boolean contains(String key) {
    return EXACT.contains(key)
        || key.startsWith("trace.metadata.")
        || key.startsWith("span.metadata.");
  }
}
