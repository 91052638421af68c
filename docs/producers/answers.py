"""The answers of the local provider, in each API's own form: one function an API.

Each takes the provider, the request, the note of the call (which it completes) and the call's number, and returns the
body, or for a stream a list of (event name or None, data).
"""

import json


def usage(number):
    """Token counts of the call with this number: three or four digits, no two of a recording alike."""
    return {
        "input_tokens": 1000 + 107 * number,
        "output_tokens": 700 + 13 * number,
        "cached": 500 + 11 * number,
        "cache_written": 300 + 7 * number,
        "reasoning": 100 + 3 * number,
    }


def _calls_tool(request, result_marks):
    text = json.dumps(request)
    return bool(request.get("tools")) and not any(mark in text for mark in result_marks)


def _tool_name(request):
    tool = request["tools"][0]
    return tool.get("name") or tool["function"]["name"]


def chat(provider, request, call, number):
    counts = usage(number)
    tool = _calls_tool(request, ['"role": "tool"'])
    call.update({key: counts[key] for key in ("input_tokens", "output_tokens", "cached", "reasoning")})
    call["finish"] = "tool_calls" if tool else "stop"
    message = {"role": "assistant", "content": None if tool else provider.final(number), "refusal": None}
    if tool:
        function = {"name": _tool_name(request), "arguments": json.dumps(provider.arguments(number))}
        message["tool_calls"] = [{"id": f"call_{number}", "type": "function", "function": function}]
    head = {"id": f"chatcmpl-{provider.canary[6:]}{number}", "created": 1795000000, "model": call["response_model"]}
    totals = {
        "prompt_tokens": counts["input_tokens"],
        "completion_tokens": counts["output_tokens"],
        "total_tokens": counts["input_tokens"] + counts["output_tokens"],
        "prompt_tokens_details": {"cached_tokens": counts["cached"]},
        "completion_tokens_details": {"reasoning_tokens": counts["reasoning"]},
    }
    if not call["stream"]:
        choice = {"index": 0, "message": message, "finish_reason": call["finish"], "logprobs": None}
        return head | {"object": "chat.completion", "choices": [choice], "usage": totals}
    head["object"] = "chat.completion.chunk"
    deltas = [{"role": "assistant", "content": ""}]
    if tool:
        deltas.append({"tool_calls": [{"index": 0} | message["tool_calls"][0]]})
    else:
        deltas += [{"content": part} for part in _pieces(provider.final(number))]
    chunks = [head | {"choices": [{"index": 0, "delta": delta, "finish_reason": None}]} for delta in deltas]
    chunks.append(head | {"choices": [{"index": 0, "delta": {}, "finish_reason": call["finish"]}]})
    if (request.get("stream_options") or {}).get("include_usage"):
        chunks.append(head | {"choices": [], "usage": totals})
    return [(None, chunk) for chunk in chunks] + [(None, "[DONE]")]


def responses(provider, request, call, number):
    counts = usage(number)
    tool = _calls_tool(request, ['"function_call_output"'])
    call.update({key: counts[key] for key in ("input_tokens", "output_tokens", "cached", "reasoning")})
    call["finish"] = "tool_calls" if tool else "stop"
    summary = [{"type": "summary_text", "text": "The user asks for the weather. " + provider.word("THINK", number)}]
    output = [{"id": f"rs_{number}", "type": "reasoning", "summary": summary}]
    if tool:
        item = {"id": f"fc_{number}", "type": "function_call", "call_id": f"call_{number}", "status": "completed"}
        output.append(item | {"name": _tool_name(request), "arguments": json.dumps(provider.arguments(number))})
    else:
        text = {"type": "output_text", "text": provider.final(number), "annotations": []}
        item = {"id": f"msg_{number}", "type": "message", "role": "assistant", "status": "completed"}
        output.append(item | {"content": [text]})
    body = {
        "id": f"resp_{provider.canary[6:]}{number}",
        "object": "response",
        "created_at": 1795000000,
        "status": "completed",
        "error": None,
        "incomplete_details": None,
        "instructions": request.get("instructions"),
        "model": call["response_model"],
        "output": output,
        "parallel_tool_calls": True,
        "tool_choice": "auto",
        "tools": request.get("tools") or [],
        "temperature": 1.0,
        "top_p": 1.0,
        "usage": {
            "input_tokens": counts["input_tokens"],
            "input_tokens_details": {"cached_tokens": counts["cached"], "cache_write_tokens": 0},
            "output_tokens": counts["output_tokens"],
            "output_tokens_details": {"reasoning_tokens": counts["reasoning"]},
            "total_tokens": counts["input_tokens"] + counts["output_tokens"],
        },
    }
    return _response_events(body) if call["stream"] else body


def _response_events(body):
    events = [{"type": "response.created", "response": body | {"status": "in_progress", "output": [], "usage": None}}]
    for index, item in enumerate(body["output"]):
        at = {"output_index": index, "item_id": item["id"]}
        bare = item | ({"content": []} if item["type"] == "message" else {})
        bare |= {"arguments": ""} if item["type"] == "function_call" else {}
        events.append({"type": "response.output_item.added", "output_index": index, "item": bare})
        if item["type"] == "function_call":
            events.append({"type": "response.function_call_arguments.delta", "delta": item["arguments"]} | at)
            events.append({"type": "response.function_call_arguments.done", "arguments": item["arguments"]} | at)
        if item["type"] == "message":
            part = item["content"][0]
            at["content_index"] = 0
            events.append({"type": "response.content_part.added", "part": part | {"text": ""}} | at)
            events += [{"type": "response.output_text.delta", "delta": piece} | at for piece in _pieces(part["text"])]
            events.append({"type": "response.output_text.done", "text": part["text"]} | at)
            events.append({"type": "response.content_part.done", "part": part} | at)
        events.append({"type": "response.output_item.done", "output_index": index, "item": item})
    events.append({"type": "response.completed", "response": body})
    return [(event["type"], event | {"sequence_number": number}) for number, event in enumerate(events)]


def messages(provider, request, call, number):
    counts = usage(number)
    tool = _calls_tool(request, ['"tool_result"'])
    call.update({key: counts[key] for key in ("input_tokens", "output_tokens", "cached", "cache_written")})
    uncached = counts["input_tokens"] - counts["cached"] - counts["cache_written"]
    call["input_tokens_uncached"] = uncached
    call["finish"] = "tool_use" if tool else "end_turn"
    if tool:
        block = {"type": "tool_use", "id": f"toolu_{number}", "name": _tool_name(request)}
        block["input"] = provider.arguments(number)
    else:
        block = {"type": "text", "text": provider.final(number)}
    tokens = {"input_tokens": uncached, "cache_read_input_tokens": counts["cached"]}
    tokens |= {"cache_creation_input_tokens": counts["cache_written"], "output_tokens": counts["output_tokens"]}
    body = {"id": f"msg_{provider.canary[6:]}{number}", "type": "message", "role": "assistant"}
    end = {"stop_reason": call["finish"], "stop_sequence": None}
    body |= end | {"model": call["response_model"], "content": [block], "usage": tokens}
    if not call["stream"]:
        return body
    start = body | {"content": [], "stop_reason": None, "usage": tokens | {"output_tokens": 1}}
    if tool:
        empty = block | {"input": {}}
        deltas = [{"type": "input_json_delta", "partial_json": json.dumps(block["input"])}]
    else:
        empty = block | {"text": ""}
        deltas = [{"type": "text_delta", "text": piece} for piece in _pieces(block["text"])]
    events = [{"type": "message_start", "message": start}]
    events += [{"type": "content_block_start", "index": 0, "content_block": empty}]
    events += [{"type": "content_block_delta", "index": 0, "delta": delta} for delta in deltas]
    events += [{"type": "content_block_stop", "index": 0}]
    events += [{"type": "message_delta", "delta": end, "usage": {"output_tokens": counts["output_tokens"]}}]
    return [(event["type"], event) for event in [*events, {"type": "message_stop"}]]


def embeddings(provider, request, call, number):
    texts = request["input"] if isinstance(request["input"], list) else [request["input"]]
    tokens = usage(number)["input_tokens"]
    call["input_tokens"] = tokens
    vector = [0.125, -0.25, 0.5]
    if request.get("encoding_format") == "base64":
        vector = "AAAAPgAAgL4AAAA/"
    data = [{"object": "embedding", "index": index, "embedding": vector} for index in range(len(texts))]
    totals = {"prompt_tokens": tokens, "total_tokens": tokens}
    return {"object": "list", "model": request["model"], "data": data, "usage": totals}


APIS = {"/chat/completions": chat, "/responses": responses, "/messages": messages, "/embeddings": embeddings}


def _pieces(text):
    middle = len(text) // 2
    return [text[:middle], text[middle:]]
