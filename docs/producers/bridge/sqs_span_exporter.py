"""Sends spans of the OpenTelemetry SDK to the queue, as OTLP/JSON: one SQS message for each batch.

    pip install boto3 opentelemetry-sdk opentelemetry-exporter-otlp-proto-common
"""

import boto3
from google.protobuf.json_format import MessageToJson
from opentelemetry.exporter.otlp.proto.common.trace_encoder import encode_spans
from opentelemetry.sdk.trace.export import SpanExporter, SpanExportResult

LIMIT = 1024 * 1024  # bytes of one SQS message


class SqsSpanExporter(SpanExporter):
    """Halves a batch that is larger than one message. A single span that is larger is dropped, and the result says so."""

    def __init__(self, queue_url, client=None):
        self._queue_url = queue_url
        self._sqs = client or boto3.client("sqs")

    def export(self, spans):
        # Ids are base64 here and hex in other SDKs: the function reads both.
        body = MessageToJson(encode_spans(spans), indent=None)
        if len(body) > LIMIT:  # MessageToJson writes ASCII, so characters are bytes
            if len(spans) == 1:
                return SpanExportResult.FAILURE
            half = len(spans) // 2
            results = {self.export(spans[:half]), self.export(spans[half:])}
            return SpanExportResult.FAILURE if SpanExportResult.FAILURE in results else SpanExportResult.SUCCESS
        self._sqs.send_message(QueueUrl=self._queue_url, MessageBody=body)
        return SpanExportResult.SUCCESS
