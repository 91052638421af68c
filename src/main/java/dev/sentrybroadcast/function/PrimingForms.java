package dev.sentrybroadcast.function;

/**
 * Records of each dialect as forms: what differs from record to record is a blank, such as {@code
 * $text}, and a name may be one. White space stands between tokens only.
 */
final class PrimingForms {

  private static final String CHAT =
      """
      {"schema": "generation/v1", "id": "gen-$id", "api_type": "chat", "provider": $provider,
       "started_at": $start, "ended_at": $end, "first_token_at": $first, "streamed": $flag,
       "request": {"model": "openai/gpt-$word", "messages": [
         {"role": "system", "content": $text},
         {"role": "user", "content": $text},
         {"role": "assistant", "content": $text},
         {"role": "user", "content": $text, "name": $label}],
        "user": $label, "session_id": "$id", "temperature": $decimal, "top_p": $decimal,
        "max_tokens": $count, "$word": $any,
        "trace": {"trace_id": "$id", "trace_name": $label, "generation_name": $label,
         "environment": $stage, "release": "$word@$count", "$word": $any, "$word": $any}},
       "response": {"id": "chatcmpl-$id", "model": "gpt-$word", "$word": $any, "choices": [
        {"index": 0, "finish_reason": "stop", "message": {"role": "assistant", "content": $text}}],
        "usage": {"prompt_tokens": $count, "completion_tokens": $count, "total_tokens": $count,
         "prompt_tokens_details": {"cached_tokens": $count},
         "completion_tokens_details": {"reasoning_tokens": $count}, "cost": $decimal}}}
      """;

  private static final String SHORT =
      """
      {"schema": "generation/v1", "id": "$id", "ended_at": $end, "latency_ms": $count,
       "request": {"model": "$word", "messages": [{"role": "user", "content": $text}]},
       "response": {"choices": [{"message": {"content": $text}, "finish_reason": "length"}]}}
      """;

  private static final String TOOLS =
      """
      {"schema": "generation/v1", "id": "$id", "started_at": $start, "ended_at": $end,
       "request": {"model": "openai/$word", "stream": $flag, "tools": [{"type": "function",
         "function": {"name": "$word", "description": $text, "parameters": {"type": "object",
          "properties": {"$word": {"type": "string"}, "$word": $any}, "required": ["$word"]}}}],
        "messages": [{"role": "developer", "content": $text},
         {"role": "user", "content": [{"type": "text", "text": $text},
          {"type": "image_url", "image_url": {"url": "https://host/$word.png"}}]},
         {"role": "assistant", "content": null, "tool_calls": [{"id": "call_$id",
          "type": "function", "function": {"name": "$word",
           "arguments": "{\\"$word\\": [1, -2.5e3, true, null, \\"$word\\"]}"}}]},
         {"role": "tool", "tool_call_id": "call_$id", "content": $text}]},
       "response": {"id": "$id", "choices": [{"index": 0, "finish_reason": "tool_calls",
         "message": {"role": "assistant", "content": $text, "refusal": null, "tool_calls": [
          {"id": "$id", "type": "function", "function": {"name": "$word", "arguments": "{}"}}]}}],
        "usage": {"prompt_tokens": $count, "completion_tokens": $count}},
       "tool_executions": [{"id": "$id", "name": "$word", "arguments": {"$word": $any},
         "result": $text, "started_at": $start, "ended_at": $first}],
       "attempts": [{"provider": "$word", "status": 429, "started_at": $start,
         "error": {"code": 429, "message": $label}}, {"provider": "$word", "status": 200}]}
      """;

  private static final String MESSAGES =
      """
      {"schema": "generation/v1", "id": "$id", "api_type": "messages", "provider": "anthropic",
       "started_at": $start, "ended_at": $end, "session_id": "$id", "user": $label,
       "request": {"model": "claude-$word", "max_tokens": $count, "top_k": $count,
        "system": [{"type": "text", "text": $text, "cache_control": {"type": "ephemeral"}}],
        "messages": [{"role": "user", "content": [{"type": "text", "text": $text}]},
         {"role": "assistant", "content": [{"type": "tool_use", "id": "$id", "name": "$word",
          "input": {"$word": $any, "$word": $any}}]},
         {"role": "user", "content": [{"type": "tool_result", "tool_use_id": "$id",
          "content": $text}]}]},
       "response": {"id": "msg_$id", "type": "message", "role": "assistant", "model": "claude-$word",
        "content": [{"type": "thinking", "thinking": $text}, {"type": "text", "text": $text}],
        "stop_reason": "end_turn", "stop_sequence": null, "usage": {"input_tokens": $count,
         "cache_creation_input_tokens": $count, "cache_read_input_tokens": $count,
         "output_tokens": $count}},
       "cost": {"total": $decimal, "input": $decimal, "output": $decimal},
       "trace": {"trace_id": "$id", "$word": {"$word": $any}}}
      """;

  private static final String RESPONSES =
      """
      {"schema": "generation/v1", "id": "$id", "api_type": "responses", "ended_at": $end,
       "request": {"model": "gpt-$word", "instructions": $text, "max_output_tokens": $count,
        "reasoning": {"effort": "low"}, "input": [{"role": "user", "content": [
         {"type": "input_text", "text": $text}]}]},
       "response": {"id": "resp_$id", "status": "completed", "model": "gpt-$word", "output": [
         {"id": "$id", "type": "reasoning", "summary": [{"type": "summary_text", "text": $text}]},
         {"id": "$id", "type": "message", "role": "assistant", "content": [
          {"type": "output_text", "text": $text, "annotations": []}]}],
        "usage": {"input_tokens": $count, "input_tokens_details": {"cached_tokens": 0},
         "output_tokens": $count, "total_tokens": $count}}}
      """;

  private static final String FLAT =
      """
      {"id": "$id", "model": "openai/$word", "created": 1767225600, "user": $label,
       "messages": [{"role": "user", "content": $text}], "$word": $any,
       "choices": [{"finish_reason": "stop", "message": {"role": "assistant", "content": $text}}],
       "usage": {"prompt_tokens": $count, "completion_tokens": $count, "total_tokens": $count}}
      """;

  private static final String LITELLM =
      """
      {"id": "$id", "trace_id": "$id", "litellm_call_id": "$id", "call_type": "acompletion",
       "stream": $flag, "response_cost": $decimal, "status": "success", "model": "$word",
       "custom_llm_provider": "openai", "startTime": 1767225600.25, "endTime": 1767225601.75,
       "prompt_tokens": $count, "completion_tokens": $count, "cache_hit": false, "end_user": $label,
       "metadata": {"user_api_key_alias": $label, "requester_metadata": {"$word": $any},
        "applied_guardrails": [], "usage_object": null, "$word": $any},
       "messages": [{"role": "user", "content": $text}], "request_tags": [$label],
       "model_parameters": {"temperature": $decimal, "max_tokens": $count, "$word": $any},
       "response": {"id": "$id", "model": "$word", "choices": [{"index": 0, "finish_reason": "stop",
         "message": {"role": "assistant", "content": $text, "tool_calls": null}}]}}
      """;

  private static final String OTLP =
      """
      {"resourceSpans": [{"resource": {"attributes": [
         {"key": "service.name", "value": {"stringValue": $label}}]}, "scopeSpans": [{"spans": [
        {"traceId": "$hex", "spanId": "00000000$short", "name": "chat $word", "kind": 3,
         "startTimeUnixNano": "1767225600123456789", "endTimeUnixNano": "1767225601000000000",
         "attributes": [{"key": "gen_ai.operation.name", "value": {"stringValue": "chat"}},
          {"key": "gen_ai.request.model", "value": {"stringValue": "$word"}},
          {"key": "gen_ai.usage.input_tokens", "value": {"intValue": "$count"}},
          {"key": "gen_ai.request.temperature", "value": {"doubleValue": $decimal}},
          {"key": "gen_ai.prompt", "value": {"stringValue": $text}},
          {"key": "$word.$word", "value": {"boolValue": $flag}}], "status": {}}]}]}]}
      """;

  /** With an error, and so an issue, which is a request of its own. */
  static final String FAILED =
      """
      {"schema": "generation/v1", "id": "$id", "ended_at": $end,
       "request": {"model": "openai/$word", "messages": [{"role": "user", "content": $text}]},
       "error": {"type": "timeout", "code": 408, "message": $label}}
      """;

  /** What most records are comes most often. */
  private static final String[] FORMS = {
    CHAT, TOOLS, CHAT, SHORT, CHAT, MESSAGES, CHAT, RESPONSES, CHAT, LITELLM, CHAT, FLAT, CHAT, OTLP
  };

  private PrimingForms() {}

  /** One after the other. */
  static String of(int record) {
    return FORMS[record % FORMS.length];
  }
}
