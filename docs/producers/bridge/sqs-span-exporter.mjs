// Sends spans of the OpenTelemetry SDK to the queue, as OTLP/JSON: one SQS message for each batch.
//
//   npm install @aws-sdk/client-sqs @opentelemetry/otlp-transformer
import { SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { JsonTraceSerializer } from '@opentelemetry/otlp-transformer';

const LIMIT = 1024 * 1024; // bytes of one SQS message
const SUCCESS = { code: 0 }; // ExportResultCode of @opentelemetry/core

/** Halves a batch that is larger than one message. A single span that is larger is an error. */
export class SqsSpanExporter {
  constructor(queueUrl, client = new SQSClient({})) {
    this.queueUrl = queueUrl;
    this.sqs = client;
    this.sending = new Set();
  }

  export(spans, done) {
    const sent = this.send(spans).then(() => done(SUCCESS), error => done({ code: 1, error }));
    this.sending.add(sent);
    sent.finally(() => this.sending.delete(sent));
  }

  async send(spans) {
    const body = JsonTraceSerializer.serializeRequest(spans);
    if (body.length > LIMIT) {
      if (spans.length === 1) throw new Error(`a span of ${body.length} bytes does not fit into an SQS message`);
      const half = Math.floor(spans.length / 2);
      await Promise.all([this.send(spans.slice(0, half)), this.send(spans.slice(half))]);
      return;
    }
    await this.sqs.send(new SendMessageCommand({ QueueUrl: this.queueUrl, MessageBody: Buffer.from(body).toString('utf8') }));
  }

  async forceFlush() {
    await Promise.all(this.sending);
  }

  async shutdown() {
    await this.forceFlush();
    this.sqs.destroy();
  }
}
