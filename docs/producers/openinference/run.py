"""OpenInference around the SDKs of OpenAI and Anthropic: an agent with a tool, an embedding, a refused call."""

import json
import os

import anthropic
import openai
from openinference.instrumentation import TracerProvider, using_attributes
from openinference.instrumentation.anthropic import AnthropicInstrumentor
from openinference.instrumentation.openai import OpenAIInstrumentor
from opentelemetry import trace
from opentelemetry.exporter.otlp.proto.http.trace_exporter import OTLPSpanExporter
from opentelemetry.sdk.trace.export import BatchSpanProcessor

URL, CANARY = os.environ["PROVIDER_URL"], os.environ["CANARY"]
provider = TracerProvider()
trace.set_tracer_provider(provider)
provider.add_span_processor(BatchSpanProcessor(OTLPSpanExporter()))
OpenAIInstrumentor().instrument(tracer_provider=provider)
AnthropicInstrumentor().instrument(tracer_provider=provider)
tracer = provider.get_tracer("weather")
gpt = openai.OpenAI(base_url=URL + "/v1", api_key="none", max_retries=0)
claude = anthropic.Anthropic(base_url=URL, api_key="none", max_retries=0)

SYSTEM = f"You are a weather assistant. {CANARY}SYSTEM"
DESCRIPTION = f"Looks up the weather of a city. {CANARY}DESC"
PARAMETERS = {"type": "object", "properties": {"city": {"type": "string"}}, "required": ["city"]}


@tracer.tool(name="get_weather")
def get_weather(city: str) -> str:
    return f"18 degrees {CANARY}RESULT"


@tracer.agent(name="weather_agent")
def weather_agent(question: str) -> str:
    """Two turns of chat completions; the second is streamed."""
    messages = [{"role": "system", "content": SYSTEM}, {"role": "user", "content": question}]
    function = {"name": "get_weather", "description": DESCRIPTION, "parameters": PARAMETERS}
    arguments = {"model": "gpt-4o-mini", "tools": [{"type": "function", "function": function}], "temperature": 0.2}
    first = gpt.chat.completions.create(messages=messages, **arguments).choices[0].message
    call = first.tool_calls[0]
    result = get_weather(**json.loads(call.function.arguments))
    messages += [first.model_dump(exclude_none=True), {"role": "tool", "tool_call_id": call.id, "content": result}]
    stream = gpt.chat.completions.create(
        messages=messages, stream=True, stream_options={"include_usage": True}, **arguments
    )
    return "".join(chunk.choices[0].delta.content or "" for chunk in stream if chunk.choices)


@tracer.agent(name="claude_agent")
def claude_agent(question: str) -> str:
    """Two turns of Anthropic messages, with cached tokens."""
    messages = [{"role": "user", "content": question}]
    tool = {"name": "get_weather", "description": DESCRIPTION, "input_schema": PARAMETERS}
    arguments = {"model": "claude-sonnet-4-5", "max_tokens": 4096, "system": SYSTEM, "tools": [tool]}
    first = claude.messages.create(messages=messages, **arguments)
    call = first.content[0]
    result = {"type": "tool_result", "tool_use_id": call.id, "content": get_weather(**call.input)}
    messages += [{"role": "assistant", "content": [call.model_dump()]}, {"role": "user", "content": [result]}]
    return claude.messages.create(messages=messages, **arguments).content[0].text


with using_attributes(session_id="sess_77", user_id="user_123", metadata={"plan": "gold"}, tags=["weather"]):
    weather_agent(f"How warm is it in Paris? {CANARY}USER")
    claude_agent(f"And tomorrow? {CANARY}TOMORROW")
gpt.embeddings.create(model="text-embedding-3-small", input=[f"Paris {CANARY}EMBED"])
try:
    gpt.chat.completions.create(
        model="gpt-4o-mini", messages=[{"role": "user", "content": f"Answer over the limit. {CANARY}LIMIT"}]
    )
except openai.RateLimitError:
    pass
provider.shutdown()
