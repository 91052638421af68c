"""Drive a real LiteLLM with its own aws_sqs callback against a queue.

No provider is called: LiteLLM's mock responses answer, everything after the answer is LiteLLM's own code.

    python -m venv .venv && .venv/bin/pip install "litellm[proxy]==1.106.2"
    .venv/bin/python docs/producers/litellm_sqs.py                       # local run: :9324, queue "generations"
    .venv/bin/python docs/producers/litellm_sqs.py --only failure streaming
    .venv/bin/python docs/producers/litellm_sqs.py --record DIR          # take the messages off the queue again, one file each

Against a queue in AWS give --queue-url, --region and real credentials in the environment.
"""

import argparse
import asyncio
import base64
import json
import os
import pathlib
import sys
import time

os.environ.setdefault("DEFAULT_SQS_FLUSH_INTERVAL_SECONDS", "1")
os.environ.setdefault("LITELLM_LOCAL_MODEL_COST_MAP", "True")

import boto3  # noqa: E402
import litellm  # noqa: E402
from litellm.caching.caching import Cache  # noqa: E402
from litellm.integrations.sqs import SQSLogger  # noqa: E402

# For encrypted messages: a key that protects nothing, so that the recorded messages can be read by a test.
EXAMPLE_KEY = base64.b64encode(bytes(range(32))).decode()
EXAMPLE_AAD = "sentry-broadcast example"

# What LiteLLM's proxy adds for a virtual key; the library takes it from the caller's metadata.
PROXY_METADATA = {
    "user_api_key_hash": "0000000000000000000000000000000000000000000000000000000000000000",
    "user_api_key_alias": "checkout-service",
    "user_api_key_team_id": "team-7",
    "user_api_key_team_alias": "payments",
    "user_api_key_user_id": "owner-1",
    "user_api_key_user_email": "someone@example.com",
    "user_api_key_end_user_id": "user_12345",
    "user_api_key_spend": 1.25,
    "requester_ip_address": "192.0.2.10",
    "requester_metadata": {"note": "example requester note"},
    "tags": ["checkout", "blue"],
}

MESSAGES = [
    {"role": "system", "content": "You are a careful reviewer."},
    {"role": "user", "content": "Why does the checkout fail?"},
]

WEATHER_TOOL = {
    "type": "function",
    "function": {
        "name": "get_weather",
        "description": "Current weather of a city",
        "parameters": {
            "type": "object",
            "properties": {"city": {"type": "string"}},
            "required": ["city"],
        },
    },
}


def tool_call(call_id, city):
    return {
        "id": call_id,
        "type": "function",
        "function": {"name": "get_weather", "arguments": json.dumps({"city": city})},
    }


async def success():
    await litellm.acompletion(
        model="openai/gpt-4o",
        messages=MESSAGES,
        temperature=0.2,
        max_tokens=300,
        user="user_12345",
        metadata=PROXY_METADATA,
        mock_response="A null pointer in the tax step.",
    )


async def streaming():
    stream = await litellm.acompletion(
        model="openai/gpt-4o",
        messages=MESSAGES,
        stream=True,
        stream_options={"include_usage": True},
        mock_response="A null pointer in the tax step, found while streaming.",
    )
    async for _ in stream:
        pass


async def tool_calls():
    await litellm.acompletion(
        model="openai/gpt-4o",
        messages=[{"role": "user", "content": "Weather in Vienna and Graz?"}],
        tools=[WEATHER_TOOL],
        mock_tool_calls=[tool_call("call_1", "Vienna"), tool_call("call_2", "Graz")],
        mock_response="",
    )


async def tool_result():
    await litellm.acompletion(
        model="anthropic/claude-sonnet-4-5",
        messages=[
            {"role": "user", "content": "Weather in Vienna?"},
            {"role": "assistant", "content": None, "tool_calls": [tool_call("call_1", "Vienna")]},
            {"role": "tool", "tool_call_id": "call_1", "content": "18 degrees, rain"},
        ],
        tools=[WEATHER_TOOL],
        mock_response="Take an umbrella.",
    )


async def image():
    pixel = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
    await litellm.acompletion(
        model="openai/gpt-4o",
        messages=[
            {
                "role": "user",
                "content": [
                    {"type": "text", "text": "What is on this picture?"},
                    {"type": "image_url", "image_url": {"url": f"data:image/png;base64,{pixel}"}},
                ],
            }
        ],
        mock_response="One pixel.",
    )


async def usage_details():
    """Cached, cache-written and reasoning tokens, as a provider reports them."""
    await litellm.acompletion(
        model="anthropic/claude-sonnet-4-5",
        messages=MESSAGES,
        mock_response=litellm.ModelResponse(
            model="claude-sonnet-4-5-20250929",
            choices=[
                litellm.Choices(
                    finish_reason="length",
                    message=litellm.Message(
                        role="assistant",
                        content="The tax step",
                        reasoning_content="The stack trace names TaxStep first.",
                    ),
                )
            ],
            usage=litellm.Usage(
                prompt_tokens=1200,
                completion_tokens=300,
                total_tokens=1500,
                reasoning_tokens=180,
                cache_read_input_tokens=800,
                cache_creation_input_tokens=200,
            ),
        ),
    )


async def failure():
    await expect(
        litellm.RateLimitError,
        litellm.acompletion(
            model="openai/gpt-4o", messages=MESSAGES, metadata=PROXY_METADATA, mock_response="litellm.RateLimitError", num_retries=0
        ),
    )


async def failure_context_window():
    await expect(
        litellm.ContextWindowExceededError,
        litellm.acompletion(model="openai/gpt-4o", messages=MESSAGES, mock_response="litellm.ContextWindowExceededError"),
    )


async def failure_timeout():
    await expect(
        litellm.Timeout,
        litellm.acompletion(model="openai/gpt-4o", messages=MESSAGES, mock_timeout=True, timeout=0.05),
    )


async def failure_midstream():
    try:
        stream = await litellm.acompletion(
            model="openai/gpt-4o", messages=MESSAGES, stream=True, mock_response="Exception: mock_streaming_error"
        )
        async for _ in stream:
            pass
    except Exception as error:
        print("  as meant:", type(error).__name__)


async def fallback():
    """A router whose first deployment is rate limited: two records with one trace id."""
    router = litellm.Router(
        model_list=[
            {
                "model_name": "reviewer",
                "litellm_params": {"model": "openai/gpt-4o", "api_key": "none", "mock_response": "litellm.RateLimitError"},
            },
            {
                "model_name": "reviewer-backup",
                "litellm_params": {"model": "anthropic/claude-sonnet-4-5", "api_key": "none", "mock_response": "From the backup."},
            },
        ],
        fallbacks=[{"reviewer": ["reviewer-backup"]}],
        num_retries=0,
    )
    await router.acompletion(model="reviewer", messages=MESSAGES, litellm_session_id="session_abc")


async def embedding():
    await litellm.aembedding(model="openai/text-embedding-3-small", input=["first text", "second text"], mock_response=[0.1, 0.2, 0.3])


async def text_completion():
    await litellm.atext_completion(model="openai/gpt-3.5-turbo-instruct", prompt="Say hello", mock_response="Hello.")


async def responses():
    await litellm.aresponses(
        model="openai/gpt-4o", input="Why does the checkout fail?", instructions="Be brief.", mock_response="A null pointer."
    )


async def anthropic_messages():
    await litellm.anthropic_messages(
        model="anthropic/claude-sonnet-4-5",
        messages=[{"role": "user", "content": "Why does the checkout fail?"}],
        system="Be brief.",
        max_tokens=100,
        mock_response="A null pointer.",
    )


async def image_generation():
    await litellm.aimage_generation(
        model="openai/dall-e-3", prompt="A lighthouse", mock_response="https://example.com/lighthouse.png"
    )


async def cache_hit():
    """The same call twice with LiteLLM's own cache: the second record is the hit."""
    litellm.cache = Cache(type="local")
    try:
        for _ in range(2):
            await litellm.acompletion(
                model="openai/gpt-4o", messages=[{"role": "user", "content": "Ping?"}], mock_response="Pong.", caching=True
            )
            await asyncio.sleep(1)
    finally:
        litellm.cache = None


async def redacted():
    litellm.turn_off_message_logging = True
    try:
        await litellm.acompletion(model="openai/gpt-4o", messages=MESSAGES, mock_response="Never seen.")
        await asyncio.sleep(1)
    finally:
        litellm.turn_off_message_logging = False


async def redacted_failure():
    litellm.turn_off_message_logging = True
    try:
        await expect(
            litellm.BadRequestError,
            litellm.acompletion(
                model="openai/gpt-4o",
                messages=MESSAGES,
                mock_response=litellm.BadRequestError("Refused: Why does the checkout fail?", "gpt-4o", "openai"),
            ),
        )
        await asyncio.sleep(1)
    finally:
        litellm.turn_off_message_logging = False


async def health_check():
    """What the proxy's /health sends through the callback: no call was made."""
    logger = SQSLogger()
    await logger.async_health_check()


SCENARIOS = {
    scenario.__name__: scenario
    for scenario in (
        success,
        streaming,
        tool_calls,
        tool_result,
        image,
        usage_details,
        failure,
        failure_context_window,
        failure_timeout,
        failure_midstream,
        fallback,
        embedding,
        text_completion,
        responses,
        anthropic_messages,
        image_generation,
        cache_hit,
        redacted,
        redacted_failure,
        health_check,
    )
}
TWO_RECORDS = {"fallback", "cache_hit"}


async def expect(kind, call):
    try:
        await call
    except kind as error:
        print("  as meant:", type(error).__name__)


def callback_params(arguments, queue_url):
    """The lines of litellm_settings.aws_sqs_callback_params in a proxy's config.yaml."""
    return {
        "sqs_queue_url": queue_url,
        "sqs_region_name": arguments.region,
        "sqs_aws_access_key_id": os.environ.get("AWS_ACCESS_KEY_ID", "local"),
        "sqs_aws_secret_access_key": os.environ.get("AWS_SECRET_ACCESS_KEY", "local"),
    }


def use_callback(logger):
    for names in ("success_callback", "_async_success_callback", "failure_callback", "_async_failure_callback"):
        setattr(litellm, names, [])
    litellm.callbacks = [logger]


def receive(client, queue_url, at_least, seconds):
    """Takes what stands on the queue, until enough came and nothing follows."""
    bodies = []
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        answer = client.receive_message(QueueUrl=queue_url, MaxNumberOfMessages=10, WaitTimeSeconds=2)
        messages = answer.get("Messages", [])
        for message in messages:
            bodies.append(message["Body"])
            client.delete_message(QueueUrl=queue_url, ReceiptHandle=message["ReceiptHandle"])
        if not messages and len(bodies) >= at_least:
            return bodies
    return bodies


async def run(arguments):
    client = boto3.client(
        "sqs",
        endpoint_url=arguments.endpoint if not arguments.queue_url else None,
        region_name=arguments.region,
        aws_access_key_id=os.environ.get("AWS_ACCESS_KEY_ID", "local"),
        aws_secret_access_key=os.environ.get("AWS_SECRET_ACCESS_KEY", "local"),
    )
    queue_url = arguments.queue_url or client.create_queue(QueueName=arguments.queue)["QueueUrl"]
    litellm.aws_sqs_callback_params = callback_params(arguments, queue_url)
    for encrypted in (False, True):
        litellm.aws_sqs_callback_params |= {
            "sqs_aws_use_application_level_encryption": encrypted,
            "sqs_app_encryption_key_b64": arguments.key if encrypted else None,
            "sqs_app_encryption_aad": (arguments.aad or None) if encrypted else None,
        }
        use_callback(SQSLogger())
        chosen = {"encrypted": success} if encrypted else SCENARIOS
        for name, scenario in chosen.items():
            if arguments.only and name not in arguments.only:
                continue
            print(name)
            if arguments.record:
                await asyncio.to_thread(receive, client, queue_url, 0, 4)
            try:
                await scenario()
            except Exception as error:
                print("  skipped:", type(error).__name__, str(error)[:200])
                continue
            if arguments.record:
                await asyncio.sleep(1.5)
                bodies = await asyncio.to_thread(receive, client, queue_url, 2 if name in TWO_RECORDS else 1, 15)
                write(pathlib.Path(arguments.record), name, bodies)
    if not arguments.record:
        await asyncio.sleep(3)


def write(directory, name, bodies):
    directory.mkdir(parents=True, exist_ok=True)
    print("  messages:", len(bodies))
    for index, body in enumerate(bodies):
        suffix = f"-{index + 1}" if len(bodies) > 1 else ""
        path = directory / f"{name.replace('_', '-')}{suffix}.json"
        text = json.dumps(json.loads(body), indent=1, ensure_ascii=False) + "\n"
        for place in (sys.prefix, sys.base_prefix):  # tracebacks name files of this machine
            text = text.replace(place, "/usr")
        path.write_text(text)


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--endpoint", default="http://127.0.0.1:9324", help="SQS endpoint of a local run")
    parser.add_argument("--queue", default="generations", help="queue name at that endpoint; made when missing")
    parser.add_argument("--queue-url", help="a queue in AWS, instead of both")
    parser.add_argument("--region", default="us-east-1")
    parser.add_argument("--key", default=EXAMPLE_KEY, help="base64 of 32 bytes, for the encrypted messages")
    parser.add_argument("--aad", default=EXAMPLE_AAD, help="additional authenticated data; empty for none")
    parser.add_argument("--record", help="write the message bodies to this directory")
    parser.add_argument("--only", nargs="+", help="names of scenarios")
    asyncio.run(run(parser.parse_args()))


if __name__ == "__main__":
    main()
