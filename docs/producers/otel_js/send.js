// GenAI spans of a real OpenTelemetry SDK, exported as OTLP/JSON and put on the queue as they are.
//
//   npm install && npm start                     # local run: http://127.0.0.1:9324, queue "generations"
//   QUEUE_URL=https://sqs… AWS_REGION=… npm start # a queue in AWS, credentials from the environment
//   RECORD=DIR npm start                         # write the messages to a directory, send nothing
//
// The exporter talks HTTP; a loopback server takes its requests and forwards each body as one SQS message, which is
// what an API Gateway integration or a Collector with an SQS exporter does.
import { createServer } from 'node:http';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT_CONTEXT, SpanKind, SpanStatusCode, trace } from '@opentelemetry/api';
import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-http';
import { resourceFromAttributes } from '@opentelemetry/resources';
import { BatchSpanProcessor, TracerProvider } from '@opentelemetry/sdk-trace';

const bodies = [];
const server = createServer((request, response) => {
  const chunks = [];
  request.on('data', chunk => chunks.push(chunk));
  request.on('end', () => {
    bodies.push(Buffer.concat(chunks).toString('utf8'));
    response.writeHead(200, { 'content-type': 'application/json' }).end('{}');
  });
});
await new Promise(resolve => server.listen(0, '127.0.0.1', resolve));

const exporter = new OTLPTraceExporter({ url: `http://127.0.0.1:${server.address().port}/v1/traces` });
const resource = resourceFromAttributes({
  'service.name': 'checkout-agent',
  'service.version': '4.2.0',
  'deployment.environment.name': 'staging',
});

/** One provider and one flush per scenario: one OTLP request, so one message. */
async function record(name, scenario) {
  const processor = new BatchSpanProcessor({ exporter: sharedExporter() });
  const provider = new TracerProvider({ resource, spanProcessors: [processor] });
  scenario(provider.getTracer('checkout-agent-genai', '1.3.0'));
  await provider.forceFlush();
  await provider.shutdown();
  if (process.env.RECORD) {
    mkdirSync(process.env.RECORD, { recursive: true });
    bodies.splice(0).forEach((body, index) =>
      writeFileSync(
        join(process.env.RECORD, index === 0 ? `${name}.json` : `${name}-${index + 1}.json`),
        JSON.stringify(JSON.parse(body), null, 1) + '\n'));
  }
}

function sharedExporter() {
  return {
    export: (spans, done) => exporter.export(spans, done),
    forceFlush: () => exporter.forceFlush(),
    shutdown: () => Promise.resolve(),
  };
}

const start = Date.UTC(2026, 10, 20, 12, 0, 0);
const at = milliseconds => start + milliseconds;

function span(tracer, name, { parent, kind = SpanKind.INTERNAL, from, to, attributes, status, events = [], links = [] }, children) {
  const context = parent ? trace.setSpan(ROOT_CONTEXT, parent) : ROOT_CONTEXT;
  const made = tracer.startSpan(name, { kind, startTime: at(from), attributes, links, root: !parent }, context);
  events.forEach(event => made.addEvent(event.name, event.attributes, at(event.at)));
  if (status) made.setStatus(status);
  children?.(made);
  made.end(at(to));
  return made;
}

const messages = (...entries) => JSON.stringify(entries.map(([role, content]) => ({ role, parts: [{ type: 'text', content }] })));

/** Agent, two calls and a tool, by today's conventions, content on. */
function agent(tracer) {
  span(tracer, 'invoke_agent Order Agent', {
    from: 0, to: 4200,
    attributes: { 'gen_ai.operation.name': 'invoke_agent', 'gen_ai.agent.name': 'Order Agent', 'gen_ai.conversation.id': 'session_abc', 'user.id': 'user_12345' },
  }, root => {
    span(tracer, 'chat gpt-4o', {
      parent: root, kind: SpanKind.CLIENT, from: 10, to: 1500,
      attributes: {
        'gen_ai.operation.name': 'chat', 'gen_ai.provider.name': 'openai', 'gen_ai.request.model': 'gpt-4o', 'gen_ai.response.model': 'gpt-4o-2024-08-06',
        'gen_ai.response.id': 'chatcmpl-1', 'gen_ai.request.temperature': 0.2, 'gen_ai.request.max_tokens': 300, 'gen_ai.request.stop_sequences': ['END'],
        'gen_ai.response.finish_reasons': ['tool_calls'], 'gen_ai.usage.input_tokens': 812, 'gen_ai.usage.output_tokens': 41,
        'gen_ai.usage.cache_read.input_tokens': 512, 'gen_ai.usage.cache_write.input_tokens': 0,
        'gen_ai.system_instructions': JSON.stringify([{ type: 'text', content: 'You look after orders.' }]),
        'gen_ai.input.messages': messages(['user', 'Where is order 42?']),
        'gen_ai.output.messages': JSON.stringify([{ role: 'assistant', finish_reason: 'tool_call', parts: [{ type: 'tool_call', id: 'call_1', name: 'find_order', arguments: { order: 42 } }] }]),
        'gen_ai.tool.definitions': JSON.stringify([{ type: 'function', name: 'find_order', description: 'Finds an order' }]),
        'server.address': 'api.openai.com', 'server.port': 443,
      },
    });
    span(tracer, 'execute_tool find_order', {
      parent: root, from: 1510, to: 1900,
      attributes: {
        'gen_ai.operation.name': 'execute_tool', 'gen_ai.tool.name': 'find_order', 'gen_ai.tool.call.id': 'call_1', 'gen_ai.tool.type': 'function',
        'gen_ai.tool.description': 'Finds an order', 'gen_ai.tool.call.arguments': '{"order":42}', 'gen_ai.tool.call.result': '{"state":"shipped to Vienna"}',
      },
    }, tool => {
      span(tracer, 'SELECT orders', {
        parent: tool, kind: SpanKind.CLIENT, from: 1520, to: 1880,
        attributes: { 'db.system.name': 'postgresql', 'db.query.text': 'SELECT state FROM orders WHERE id = 42' },
      });
    });
    span(tracer, 'chat gpt-4o', {
      parent: root, kind: SpanKind.CLIENT, from: 1910, to: 4190,
      attributes: {
        'gen_ai.operation.name': 'chat', 'gen_ai.provider.name': 'openai', 'gen_ai.request.model': 'gpt-4o', 'gen_ai.response.model': 'gpt-4o-2024-08-06',
        'gen_ai.response.finish_reasons': ['stop'], 'gen_ai.usage.input_tokens': 870, 'gen_ai.usage.output_tokens': 19,
        'gen_ai.output.messages': messages(['assistant', 'Order 42 is on its way to Vienna.']),
      },
    });
  });
}

/** A failed call: exception event, status text and error type. */
function failure(tracer) {
  span(tracer, 'chat claude-sonnet-4-5', {
    kind: SpanKind.CLIENT, from: 0, to: 900,
    attributes: {
      'gen_ai.operation.name': 'chat', 'gen_ai.provider.name': 'anthropic', 'gen_ai.request.model': 'claude-sonnet-4-5', 'error.type': 'overloaded_error',
      'gen_ai.input.messages': messages(['user', 'Why does the checkout fail?']),
    },
    events: [{ name: 'exception', at: 890, attributes: { 'exception.type': 'OverloadedError', 'exception.message': 'Overloaded while answering: Why does the checkout fail?', 'exception.stacktrace': 'OverloadedError\n    at call (checkout.js:1)' } }],
    status: { code: SpanStatusCode.ERROR, message: 'Overloaded while answering: Why does the checkout fail?' },
  });
}

/** A failed call that says why in its exception event alone. */
function failureInEvent(tracer) {
  span(tracer, 'chat gpt-4o', {
    kind: SpanKind.CLIENT, from: 0, to: 300,
    attributes: { 'gen_ai.operation.name': 'chat', 'gen_ai.provider.name': 'openai', 'gen_ai.request.model': 'gpt-4o' },
    events: [{ name: 'exception', at: 290, attributes: { 'exception.type': 'RateLimitError', 'exception.message': 'Slow down: Why does the checkout fail?' } }],
    status: { code: SpanStatusCode.ERROR },
  });
}

/** The names of 2024: system, prompt and completion tokens, prompt and completion. */
function oldNames(tracer) {
  span(tracer, 'openai.chat', {
    kind: SpanKind.CLIENT, from: 0, to: 1200,
    attributes: {
      'gen_ai.operation.name': 'chat', 'gen_ai.system': 'az.ai.openai', 'gen_ai.request.model': 'gpt-4o', 'gen_ai.usage.prompt_tokens': 100, 'gen_ai.usage.completion_tokens': 20,
      'gen_ai.usage.total_cost': 0.0012, 'session.id': 'session with spaces', 'gen_ai.openai.request.seed': 7,
      'gen_ai.prompt': JSON.stringify([{ role: 'user', content: 'Why does the checkout fail?' }]),
      'gen_ai.completion': JSON.stringify([{ role: 'assistant', content: 'A null pointer.' }]),
      'llm.vendor.note': 'A sentence that quotes: Why does the checkout fail?',
    },
    events: [{ name: 'gen_ai.user.message', at: 1, attributes: { content: 'Why does the checkout fail?' } }],
  });
}

/** Indexed attributes, as OpenLLMetry writes them, with a link to another span. */
function indexedNames(tracer) {
  const linked = tracer.startSpan('queue publish', { kind: SpanKind.PRODUCER, startTime: at(0), root: true });
  linked.end(at(5));
  span(tracer, 'openai.chat', {
    kind: SpanKind.CLIENT, from: 10, to: 1200,
    attributes: {
      'llm.request.type': 'chat', 'gen_ai.system': 'OpenAI', 'gen_ai.request.model': 'gpt-4o', 'gen_ai.response.model': 'gpt-4o-2024-08-06',
      'gen_ai.usage.prompt_tokens': 30, 'gen_ai.usage.completion_tokens': 9, 'llm.usage.total_tokens': 39, 'llm.is_streaming': false,
      'gen_ai.prompt.0.role': 'user', 'gen_ai.prompt.0.content': 'Why does the checkout fail?',
      'gen_ai.completion.0.role': 'assistant', 'gen_ai.completion.0.content': 'A null pointer.', 'gen_ai.completion.0.finish_reason': 'stop',
    },
    links: [{ context: linked.spanContext(), attributes: { note: 'a link note' } }],
  });
}

const scenarios = { agent, failure, 'failure-in-event': failureInEvent, 'old-names': oldNames, 'indexed-names': indexedNames };
for (const [name, scenario] of Object.entries(scenarios)) {
  await record(name, scenario);
}
await exporter.shutdown();
server.close();

if (!process.env.RECORD) {
  const { SQSClient, CreateQueueCommand, SendMessageCommand } = await import('@aws-sdk/client-sqs');
  const local = !process.env.QUEUE_URL;
  const client = new SQSClient(local
    ? { endpoint: process.env.SQS_ENDPOINT ?? 'http://127.0.0.1:9324', region: 'us-east-1', credentials: { accessKeyId: 'local', secretAccessKey: 'local' } }
    : {});
  const url = process.env.QUEUE_URL ?? (await client.send(new CreateQueueCommand({ QueueName: process.env.QUEUE ?? 'generations' }))).QueueUrl;
  for (const body of bodies) {
    await client.send(new SendMessageCommand({ QueueUrl: url, MessageBody: body }));
  }
  console.log(`sent ${bodies.length} messages`);
} else {
  console.log('recorded');
}
