"""Traceloop (OpenLLMetry) around the SDKs of OpenAI and Anthropic: agents with a tool, an embedding, a refused call."""

import json
import os

import anthropic
import openai
from opentelemetry import trace
from traceloop.sdk import Traceloop
from traceloop.sdk.decorators import agent, tool, workflow

URL, CANARY = os.environ["PROVIDER_URL"], os.environ["CANARY"]
Traceloop.init(
    app_name="weather",
    api_endpoint=os.environ["OTEL_EXPORTER_OTLP_ENDPOINT"],
    api_key="none",
    telemetry_enabled=False,
    traceloop_sync_enabled=False,
)
gpt = openai.OpenAI(base_url=URL + "/v1", api_key="none", max_retries=0)
claude = anthropic.Anthropic(base_url=URL, api_key="none", max_retries=0)

SYSTEM = f"You are a weather assistant. {CANARY}SYSTEM"
DESCRIPTION = f"Looks up the weather of a city. {CANARY}DESC"
PARAMETERS = {"type": "object", "properties": {"city": {"type": "string"}}, "required": ["city"]}


@tool(name="get_weather")
def get_weather(city: str) -> str:
    return f"18 degrees {CANARY}RESULT"


@agent(name="weather_agent")
def weather_agent(question: str) -> str:
    """Two turns of the Responses API, with reasoning."""
    function = {"type": "function", "name": "get_weather", "description": DESCRIPTION, "parameters": PARAMETERS}
    arguments = {"model": "gpt-4o-mini", "instructions": SYSTEM, "tools": [function]}
    messages = [{"role": "user", "content": question}]
    first = gpt.responses.create(input=messages, **arguments)
    call = next(item for item in first.output if item.type == "function_call")
    result = get_weather(**json.loads(call.arguments))
    messages += [item.model_dump(exclude_none=True) for item in first.output]
    messages += [{"type": "function_call_output", "call_id": call.call_id, "output": result}]
    return gpt.responses.create(input=messages, **arguments).output_text


@agent(name="claude_agent")
def claude_agent(question: str) -> str:
    """Two turns of Anthropic messages, with cached tokens; the second is streamed."""
    messages = [{"role": "user", "content": question}]
    definition = {"name": "get_weather", "description": DESCRIPTION, "input_schema": PARAMETERS}
    arguments = {"model": "claude-sonnet-4-5", "max_tokens": 4096, "system": SYSTEM, "tools": [definition]}
    first = claude.messages.create(messages=messages, **arguments)
    call = first.content[0]
    result = {"type": "tool_result", "tool_use_id": call.id, "content": get_weather(**call.input)}
    messages += [{"role": "assistant", "content": [call.model_dump()]}, {"role": "user", "content": [result]}]
    with claude.messages.stream(messages=messages, **arguments) as stream:
        return "".join(stream.text_stream)


@workflow(name="weather_report")
def weather_report():
    Traceloop.set_association_properties({"session_id": "sess_77", "user_id": "user_123"})
    weather_agent(f"How warm is it in Paris? {CANARY}USER")
    claude_agent(f"And tomorrow? {CANARY}TOMORROW")
    gpt.embeddings.create(model="text-embedding-3-small", input=[f"Paris {CANARY}EMBED"])


weather_report()
try:
    gpt.chat.completions.create(
        model="gpt-4o-mini", messages=[{"role": "user", "content": f"Answer over the limit. {CANARY}LIMIT"}]
    )
except openai.RateLimitError:
    pass
trace.get_tracer_provider().shutdown()
