package dev.sentrybroadcast;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Records with a token of its own in every content field. In the templates a field is {@code
 * @name@}, or {@code @-name@} for content that is never sent, privacy mode or not.
 */
final class Canaries {

  private static final Pattern FIELD = Pattern.compile("@(-?)([a-z0-9_.]+)@");

  /** One record, and the tokens in it by the name of their field. */
  record Canary(String dialect, String body, Map<String, String> tokens, List<String> neverSent) {

    /** The fields whose token stands in these bytes; the tokens themselves are never told. */
    List<String> fieldsIn(byte[] output) {
      String text = new String(output, StandardCharsets.ISO_8859_1);
      List<String> found = new ArrayList<>();
      tokens.forEach((field, token) -> {
        if (text.contains(token)) {
          found.add(dialect + ": " + field);
        }
      });
      return found;
    }

    @Override
    public String toString() {
      return dialect;
    }
  }

  private Canaries() {}

  /** What stands in a field. */
  interface Planting {

    /** Letters that gzip, Base64 and JSON escapes leave findable once they are undone. */
    Planting TOKENS =
        (dialect, field, index) -> {
          String token = "CANARY" + Integer.toHexString(dialect.hashCode()) + "n" + index + "z";
          return new Planted(token, Map.of(field, token));
        };

    Planted in(String dialect, String field, int index);
  }

  /**
   * @param tokens what must not leave, by a name that begins with the field's
   */
  record Planted(String text, Map<String, String> tokens) {}

  /** A record of each dialect and shape; {@code error} makes each a failed generation. */
  static List<Canary> all(String fields, boolean failed) {
    return all(fields, failed, Planting.TOKENS);
  }

  static List<Canary> all(String fields, boolean failed, Planting planting) {
    String error = failed ? ERROR : "";
    return List.of(
        canary("canonical chat", CHAT, fields, error, planting),
        canary("canonical messages", MESSAGES, fields, error, planting),
        canary("canonical responses", RESPONSES, fields, error, planting),
        canary("canonical completion", COMPLETION, fields, error, planting),
        canary("canonical embeddings", EMBEDDINGS, fields, error, planting),
        canary("flat", FLAT, fields, error, planting));
  }

  /** Messages of producers that know nothing of destinations or {@code privacy}. */
  static List<Canary> ofProducers() {
    return ofProducers(Planting.TOKENS);
  }

  static List<Canary> ofProducers(Planting planting) {
    return List.of(
        canary("LiteLLM", LITELLM, "", "", planting),
        canary("LiteLLM failure", LITELLM_FAILURE, "", "", planting),
        canary("OTLP/JSON", OTLP, "", "", planting),
        canary("Bedrock Converse", BEDROCK, "", "", planting),
        canary("Bedrock InvokeModel", BEDROCK_STREAM, "", "", planting),
        canary("Bedrock body elsewhere", BEDROCK_PATH, "", "", planting),
        canary("OpenRouter S3", OPENROUTER_TRACE, "", "", planting));
  }

  /** Content, but nothing that makes it a generation. */
  static List<Canary> malformed() {
    return malformed(Planting.TOKENS);
  }

  static List<Canary> malformed(Planting planting) {
    return List.of(
        canary(
            "no model",
            CHAT.replace("\"model\": \"openai/gpt-4o\",", "").replace("\"model\": \"gpt-4o\",", ""),
            "",
            "",
            planting),
        canary("not JSON", CHAT + "}", "", "", planting),
        canary("cut off", CHAT.substring(0, CHAT.length() - 40), "", "", planting),
        canary("no dialect", "{\"text\": \"@text@\", \"@key@\": [\"@item@\"]}", "", "", planting),
        canary("wrong schema", CHAT.replace("generation/v1", "@-schema@"), "", "", planting),
        canary("plain text", "@words@ and @more@", "", "", planting));
  }

  private static Canary canary(
      String dialect, String template, String fields, String error, Planting planting) {
    String whole = template.replace("%FIELDS%", fields).replace("%ERROR%", error);
    Map<String, String> tokens = new LinkedHashMap<>();
    List<String> neverSent = new ArrayList<>();
    StringBuilder body = new StringBuilder();
    int index = 0;
    Matcher field = FIELD.matcher(whole);
    while (field.find()) {
      Planted planted = planting.in(dialect, field.group(2), index++);
      tokens.putAll(planted.tokens());
      if (!field.group(1).isEmpty()) {
        neverSent.add(field.group(2));
      }
      field.appendReplacement(body, Matcher.quoteReplacement(planted.text()));
    }
    field.appendTail(body);
    return new Canary(dialect, body.toString(), tokens, neverSent);
  }

  private static final String ERROR =
      """
      "error": {"type": "rate_limit_error", "code": 429, "status": 429,
        "message": "@error.message@", "provider": "openai", "raw": "@error.raw@",
        "metadata": {"flagged_input": "@-error.flagged@", "patterns": ["@-error.pattern@"]},
        "previous_errors": [{"code": 503, "message": "@-error.previous@", "raw": "@-error.previous.raw@"}]},
      """;

  private static final String HEAD =
      """
      {"schema": "generation/v1", %FIELDS% %ERROR%
       "started_at": "2026-11-20T12:00:00Z", "ended_at": "2026-11-20T12:00:02Z",
      """;

  private static final String CHAT =
      HEAD
          + """
           "id": "canary-chat", "api_type": "chat",
           "request": {"model": "openai/gpt-4o",
             "stop": ["@-stop@"], "response_format": {"type": "json_schema", "json_schema": {"name": "@-schema.name@",
               "schema": {"description": "@-schema.description@"}}},
             "prediction": {"type": "content", "content": "@-prediction@"},
             "metadata": {"note": "@-request.metadata@"},
             "messages": [
               {"role": "system", "content": "@system@"},
               {"role": "user", "name": "u", "content": [
                 {"type": "text", "text": "@user.text@"},
                 {"type": "image_url", "image_url": {"url": "https://example.com/@image.url@"}},
                 {"type": "image_url", "image_url": {"url": "data:image/png;base64,@-image.data@"}},
                 {"type": "input_audio", "input_audio": {"data": "@-audio.data@", "format": "wav"}},
                 {"type": "file", "file": {"filename": "@-file.name@", "file_data": "data:application/pdf;base64,@-file.data@"}},
                 {"type": "never_heard_of", "words": "@unknown.part@"}]},
               {"role": "assistant", "content": null, "tool_calls": [{"id": "call_1", "type": "function",
                 "function": {"name": "find", "arguments": "{\\"q\\": \\"@call.arguments@\\"}"}}]},
               {"role": "tool", "tool_call_id": "call_1", "content": "@tool.result@"}],
             "tools": [{"type": "function", "function": {"name": "find", "description": "@tool.description@",
               "parameters": {"type": "object", "properties": {"q": {"description": "@tool.parameter@"}}}}}]},
           "response": {"model": "gpt-4o", "choices": [{"index": 0, "finish_reason": "stop",
               "logprobs": {"content": [{"token": "@-logprob@"}]},
               "message": {"role": "assistant", "content": "@answer@", "reasoning": "@reasoning@", "refusal": "@refusal@",
                 "annotations": [{"type": "url_citation", "url_citation": {"url": "https://example.com", "title": "@-citation@"}}],
                 "audio": {"id": "a", "data": "@-audio.out@", "transcript": "@transcript@"}}}],
             "usage": {"prompt_tokens": 3, "completion_tokens": 1}},
           "attempts": [
             {"provider": "azure", "status": 500, "error": {"type": "server_error", "message": "@attempt.error@"}},
             {"provider": "openai", "status": 200}],
           "tool_executions": [
             {"id": "call_1", "name": "find", "description": "@execution.description@",
              "arguments": {"q": "@execution.arguments@"}, "result": {"rows": ["@execution.result@"]}},
             {"id": "call_2", "name": "send", "arguments": "@execution.arguments.text@",
              "error": {"type": "tool_error", "message": "@execution.error@"}}]}
          """;

  private static final String MESSAGES =
      HEAD
          + """
           "id": "canary-messages", "api_type": "messages",
           "request": {"model": "claude-sonnet-4-5", "max_tokens": 10, "stop_sequences": ["@-stop@"],
             "system": [{"type": "text", "text": "@system@", "cache_control": {"type": "ephemeral"}}],
             "metadata": {"user_id": "u-1"},
             "tools": [{"name": "find", "description": "@tool.description@", "input_schema": {"type": "object"}}],
             "messages": [
               {"role": "user", "content": [{"type": "text", "text": "@user.text@"},
                 {"type": "document", "title": "@-document.title@", "source": {"type": "base64", "media_type": "application/pdf", "data": "@-document.data@"}}]},
               {"role": "assistant", "content": [{"type": "thinking", "thinking": "@thinking@", "signature": "@-signature@"},
                 {"type": "tool_use", "id": "toolu_1", "name": "find", "input": {"q": "@call.input@"}}]},
               {"role": "user", "content": [{"type": "tool_result", "tool_use_id": "toolu_1", "is_error": true,
                 "content": [{"type": "text", "text": "@tool.result@"}]}]}]},
           "response": {"type": "message", "role": "assistant", "model": "claude-sonnet-4-5",
             "content": [{"type": "text", "text": "@answer@", "citations": [{"cited_text": "@-citation@"}]},
               {"type": "server_tool_use", "id": "srvtoolu_1", "name": "web_search", "input": {"query": "@search@"}}],
             "stop_reason": "end_turn", "usage": {"input_tokens": 5, "output_tokens": 2}}}
          """;

  private static final String RESPONSES =
      HEAD
          + """
           "id": "canary-responses", "api_type": "responses",
           "request": {"model": "gpt-5.4", "instructions": "@instructions@",
             "input": [{"role": "user", "content": [{"type": "input_text", "text": "@user.text@"},
                 {"type": "input_file", "filename": "@-file.name@", "file_data": "data:application/pdf;base64,@-file.data@"}]},
               {"type": "function_call", "call_id": "c1", "name": "find", "arguments": "{\\"q\\":\\"@call.arguments@\\"}"},
               {"type": "function_call_output", "call_id": "c1", "output": "@tool.result@"}],
             "tools": [{"type": "function", "name": "find", "description": "@tool.description@", "parameters": {}}]},
           "response": {"object": "response", "id": "resp_1", "model": "gpt-5.4", "status": "completed",
             "output": [{"type": "reasoning", "id": "r", "summary": [{"type": "summary_text", "text": "@summary@"}], "encrypted_content": "@-encrypted@"},
               {"type": "message", "role": "assistant", "content": [{"type": "output_text", "text": "@answer@"}, {"type": "refusal", "refusal": "@refusal@"}]},
               {"type": "mcp_call", "id": "m", "name": "lookup", "server_label": "s", "arguments": "{\\"q\\":\\"@mcp.arguments@\\"}", "output": "@mcp.output@"},
               {"type": "image_generation_call", "id": "i", "result": "@-image.data@"}],
             "usage": {"input_tokens": 5, "output_tokens": 2}}}
          """;

  private static final String COMPLETION =
      HEAD
          + """
           "id": "canary-completion", "api_type": "completion",
           "request": {"model": "gpt-3.5-turbo-instruct", "prompt": "@prompt@", "suffix": "@-suffix@"},
           "response": {"choices": [{"text": "@answer@", "finish_reason": "stop"}],
             "usage": {"prompt_tokens": 3, "completion_tokens": 1}}}
          """;

  private static final String EMBEDDINGS =
      HEAD
          + """
           "id": "canary-embeddings", "api_type": "embeddings",
           "request": {"model": "text-embedding-3-small", "input": ["@input.0@", "@input.1@"]},
           "response": {"data": [{"embedding": [0.1, 0.2]}], "usage": {"prompt_tokens": 3}}}
          """;

  private static final String FLAT =
      """
      {%FIELDS% %ERROR%
       "id": "canary-flat", "model": "openai/gpt-4o", "created_at": "2026-11-20T12:00:00Z", "latency_ms": 900,
       "messages": [{"role": "system", "content": "@system@"}, {"role": "user", "content": "@user.text@"}],
       "tools": [{"type": "function", "function": {"name": "find", "description": "@tool.description@"}}],
       "choices": [{"finish_reason": "tool_calls", "message": {"role": "assistant", "content": "@answer@",
         "tool_calls": [{"id": "c", "type": "function", "function": {"name": "find", "arguments": "{\\"q\\":\\"@call.arguments@\\"}"}}]}}],
       "usage": {"prompt_tokens": 3, "completion_tokens": 1}}
      """;

  private static final String LITELLM =
      """
      {"id": "chatcmpl-canary", "litellm_call_id": "3f0f0d1e-0000-4000-8000-000000000001", "call_type": "acompletion",
       "trace_id": "3f0f0d1e-0000-4000-8000-000000000002", "status": "success", "stream": false,
       "custom_llm_provider": "openai", "model": "gpt-4o", "startTime": 1795176000.0, "endTime": 1795176001.5,
       "prompt_tokens": 3, "completion_tokens": 1, "total_tokens": 4, "response_cost": 0.0001,
       "messages": [{"role": "user", "content": "@user.text@"}],
       "response": {"id": "chatcmpl-canary", "choices": [{"finish_reason": "stop",
         "message": {"role": "assistant", "content": "@answer@"}}]},
       "metadata": {"user_api_key_alias": "team-key", "user_api_key_user_email": "@-email@",
         "requester_ip_address": "@-ip@", "requester_metadata": {"note": "@-requester@"},
         "prompt_management_metadata": {"prompt_variables": {"name": "@-variable@"}},
         "never_heard_of": "@-unknown.metadata@"},
       "model_parameters": {"tools": [{"type": "function", "function": {"name": "find", "description": "@-tool@"}}]},
       "guardrail_information": [{"guardrail_request": "@-guardrail@"}],
       "hidden_params": {"additional_headers": {"x": "@-header@"}}, "never_heard_of": {"deep": ["@-unknown@"]}}
      """;

  private static final String LITELLM_FAILURE =
      """
      {"id": "failure-canary", "litellm_call_id": "3f0f0d1e-0000-4000-8000-000000000003", "call_type": "acompletion",
       "status": "failure", "custom_llm_provider": "openai", "model": "gpt-4o",
       "startTime": 1795176000.0, "endTime": 1795176001.5,
       "messages": [{"role": "user", "content": "@user.text@"}], "response": {},
       "error_str": "@-error.str@",
       "error_information": {"error_code": "429", "error_class": "RateLimitError", "llm_provider": "openai",
         "error_message": "@error.message@", "traceback": "@-traceback@"},
       "response_cost_failure_debug_info": {"error_str": "@-debug@", "traceback_str": "@-debug.traceback@"}}
      """;

  private static final String BEDROCK =
      """
      {"schemaType": "ModelInvocationLog", "schemaVersion": "1.0", "timestamp": "2026-11-20T12:00:00Z", "accountId": "123456789012",
       "identity": {"arn": "arn:aws:sts::123456789012:assumed-role/app/@-arn@"}, "region": "us-east-1", "requestId": "canary-bedrock",
       "operation": "Converse", "modelId": "amazon.nova-lite-v1:0", "never_heard_of": "@-unknown@",
       "input": {"inputContentType": "application/json", "never_heard_of": "@-unknown.input@", "inputBodyJson": {
         "system": [{"text": "@system@"}],
         "messages": [{"role": "user", "content": [{"text": "@user.text@"}, {"image": {"format": "png", "source": {"bytes": "@-image.data@"}}}]},
           {"role": "assistant", "content": [{"toolUse": {"toolUseId": "t", "name": "find", "input": {"q": "@call.input@"}}}]},
           {"role": "user", "content": [{"toolResult": {"toolUseId": "t", "content": [{"text": "@tool.result@"}]}}]}],
         "toolConfig": {"tools": [{"toolSpec": {"name": "find", "description": "@tool.description@"}}]},
         "inferenceConfig": {"maxTokens": 5, "stopSequences": ["@-stop@"]}}},
       "output": {"outputContentType": "application/json", "outputBodyJson": {
         "output": {"message": {"role": "assistant", "content": [{"text": "@answer@"}, {"reasoningContent": {"reasoningText": {"text": "@reasoning@"}}}]}},
         "stopReason": "end_turn", "usage": {"inputTokens": 3, "outputTokens": 1, "totalTokens": 4}}}}
      """;

  private static final String BEDROCK_STREAM =
      """
      {"schemaType": "ModelInvocationLog", "timestamp": "2026-11-20T12:00:00Z", "requestId": "canary-invoke",
       "operation": "InvokeModelWithResponseStream", "modelId": "amazon.titan-text-lite-v1", "errorCode": "ModelStreamErrorException",
       "errorMessage": "@error.message@",
       "input": {"inputBodyJson": {"inputText": "@prompt@", "textGenerationConfig": {"stopSequences": ["@-stop@"]}}, "inputTokenCount": 3},
       "output": {"outputBodyJson": [{"outputText": "@answer.0@", "index": 0, "note": "@-note@"}, {"outputText": "@answer.1@", "index": 0}], "outputTokenCount": 2}}
      """;

  private static final String BEDROCK_PATH =
      """
      {"schemaType": "ModelInvocationLog", "timestamp": "2026-11-20T12:00:00Z", "requestId": "canary-path", "operation": "Converse",
       "modelId": "amazon.nova-lite-v1:0", "input": {"inputBodyS3Path": "s3://elsewhere/@path@", "inputTokenCount": 3}}
      """;

  private static final String OPENROUTER_TRACE =
      """
      {"id": "trace-canary", "name": "chat", "userId": "u", "sessionId": "s", "apiKeyName": "k", "never_heard_of": "@-unknown@",
       "input": {"messages": [{"role": "user", "content": "@user.text@"}]},
       "output": {"completion": "@answer@", "reasoning": "@reasoning@", "rawRequest": {"messages": [{"role": "user", "content": "@-raw@"}]}},
       "observations": [{"id": "canary-trace", "model": "openai/gpt-4o", "startTime": "2026-11-20T12:00:00Z", "endTime": "2026-11-20T12:00:01Z",
         "level": "ERROR", "statusMessage": "@error.message@", "promptTokens": 3, "completionTokens": 1, "never_heard_of": "@-unknown.observation@"}]}
      """;

  private static final String OTLP =
      """
      {"resourceSpans": [{"resource": {"attributes": [{"key": "service.name", "value": {"stringValue": "gateway"}},
           {"key": "host.secret", "value": {"stringValue": "@-resource@"}}]},
        "scopeSpans": [{"scope": {"name": "gateway"}, "spans": [{
          "traceId": "0af7651916cd43dd8448eb211c80319c", "spanId": "b7ad6b7169203331", "name": "chat gpt-4o", "kind": 3,
          "startTimeUnixNano": "1795176000000000000", "endTimeUnixNano": "1795176001000000000",
          "status": {"code": 2, "message": "@status@"},
          "events": [{"name": "exception", "timeUnixNano": "1795176001000000000", "attributes": [
            {"key": "exception.message", "value": {"stringValue": "@-exception@"}}]}],
          "attributes": [
            {"key": "gen_ai.operation.name", "value": {"stringValue": "chat"}},
            {"key": "gen_ai.system", "value": {"stringValue": "openai"}},
            {"key": "gen_ai.request.model", "value": {"stringValue": "gpt-4o"}},
            {"key": "gen_ai.prompt", "value": {"stringValue": "{\\"messages\\":[{\\"role\\":\\"user\\",\\"content\\":\\"@prompt@\\"}]}"}},
            {"key": "gen_ai.completion", "value": {"stringValue": "{\\"completion\\":\\"@completion@\\"}"}},
            {"key": "trace.input", "value": {"stringValue": "@-trace.input@"}},
            {"key": "span.output", "value": {"stringValue": "@-span.output@"}},
            {"key": "never.heard.of", "value": {"stringValue": "@-unknown@"}},
            {"key": "never.heard.of.list", "value": {"arrayValue": {"values": [{"stringValue": "@-unknown.list@"}]}}},
            {"key": "gen_ai.usage.input_tokens", "value": {"intValue": "3"}}]}]}]}]}
      """;
}
