// Vercel's AI SDK with @ai-sdk/otel: an agent on OpenAI's Responses API, a streamed one on Anthropic, an embedding,
// a refused call.
import { createAnthropic } from '@ai-sdk/anthropic';
import { createOpenAI } from '@ai-sdk/openai';
import { OpenTelemetry } from '@ai-sdk/otel';
import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-http';
import { NodeSDK } from '@opentelemetry/sdk-node';
import { embed, generateText, isStepCount, registerTelemetry, streamText, tool } from 'ai';
import { z } from 'zod';

const { PROVIDER_URL: url, CANARY: canary } = process.env;
const sdk = new NodeSDK({ traceExporter: new OTLPTraceExporter() });
sdk.start();
registerTelemetry(new OpenTelemetry());
const openai = createOpenAI({ baseURL: `${url}/v1`, apiKey: 'none' });
const anthropic = createAnthropic({ baseURL: `${url}/v1`, apiKey: 'none' });

const shared = {
  system: `You are a weather assistant. ${canary}SYSTEM`,
  maxRetries: 0,
  stopWhen: isStepCount(3),
  tools: {
    get_weather: tool({
      description: `Looks up the weather of a city. ${canary}DESC`,
      inputSchema: z.object({ city: z.string() }),
      execute: async () => `18 degrees ${canary}RESULT`,
    }),
  },
};

await generateText({
  ...shared,
  model: openai('gpt-4o-mini'),
  prompt: `How warm is it in Paris? ${canary}USER`,
  telemetry: { functionId: 'weather_agent' },
});
const streamed = streamText({
  ...shared,
  model: anthropic('claude-sonnet-4-5'),
  prompt: `And tomorrow? ${canary}TOMORROW`,
  telemetry: { functionId: 'claude_agent' },
});
await streamed.consumeStream();
await embed({ model: openai.embedding('text-embedding-3-small'), value: `Paris ${canary}EMBED`, maxRetries: 0 });
try {
  await generateText({
    model: openai.chat('gpt-4o-mini'),
    prompt: `Answer over the limit. ${canary}LIMIT`,
    maxRetries: 0,
    telemetry: { functionId: 'refused_agent' },
  });
} catch (error) {
  if (error.statusCode !== 429) throw error;
}
await sdk.shutdown();
