"""pydantic-ai with Logfire: an agent on the Responses API, a streamed one on Anthropic, an embedding, a refused run."""

import asyncio
import os

import logfire
from anthropic import AsyncAnthropic
from openai import AsyncOpenAI
from pydantic_ai import Agent, Embedder
from pydantic_ai.embeddings.openai import OpenAIEmbeddingModel
from pydantic_ai.exceptions import ModelHTTPError
from pydantic_ai.models.anthropic import AnthropicModel
from pydantic_ai.models.openai import OpenAIChatModel, OpenAIResponsesModel
from pydantic_ai.providers.anthropic import AnthropicProvider
from pydantic_ai.providers.openai import OpenAIProvider

URL, CANARY = os.environ["PROVIDER_URL"], os.environ["CANARY"]
# Logfire itself exports to OTEL_EXPORTER_OTLP_ENDPOINT.
logfire.configure(send_to_logfire=False, console=False, inspect_arguments=False)
logfire.instrument_pydantic_ai()
Embedder.instrument_all()
openai = OpenAIProvider(openai_client=AsyncOpenAI(base_url=URL + "/v1", api_key="none", max_retries=0))
anthropic = AnthropicProvider(anthropic_client=AsyncAnthropic(base_url=URL, api_key="none", max_retries=0))
SYSTEM = f"You are a weather assistant. {CANARY}SYSTEM"


def get_weather(city: str) -> str:
    return f"18 degrees {CANARY}RESULT"


get_weather.__doc__ = f"Looks up the weather of a city. {CANARY}DESC"


async def main():
    """One conversation of two agents, then an embedding and a run that is refused."""
    model = OpenAIResponsesModel("gpt-4o-mini", provider=openai)
    weather_agent = Agent(model, name="weather_agent", instructions=SYSTEM, tools=[get_weather])
    await weather_agent.run(f"How warm is it in Paris? {CANARY}USER", conversation_id="sess_77")

    model = AnthropicModel("claude-sonnet-4-5", provider=anthropic)
    claude_agent = Agent(model, name="claude_agent", instructions=SYSTEM, tools=[get_weather])
    async with claude_agent.run_stream(f"And tomorrow? {CANARY}TOMORROW", conversation_id="sess_77") as streamed:
        await streamed.get_output()

    embedder = Embedder(OpenAIEmbeddingModel("text-embedding-3-small", provider=openai))
    await embedder.embed_query(f"Paris {CANARY}EMBED")

    refused = Agent(OpenAIChatModel("gpt-4o-mini", provider=openai), name="refused_agent")
    try:
        await refused.run(f"Answer over the limit. {CANARY}LIMIT")
    except ModelHTTPError:
        pass


asyncio.run(main())
logfire.shutdown()
