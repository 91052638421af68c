"""Takes OTLP/HTTP trace exports, protobuf or JSON, gzip or not, and keeps them as OTLP/JSON."""

import base64
import gzip
import json
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from google.protobuf.json_format import MessageToDict
from opentelemetry.proto.collector.trace.v1.trace_service_pb2 import ExportTraceServiceRequest


class Sink:
    """Listens on a free loopback port until closed. What is no trace export is answered and dropped."""

    def __init__(self):
        self.exports = []
        self.wires = set()
        self.server = ThreadingHTTPServer(("127.0.0.1", 0), _handler(self))
        self.port = self.server.server_address[1]
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    def close(self):
        self.server.shutdown()
        self.server.server_close()

    def take(self, content_type, body):
        if content_type.startswith("application/json"):
            self.wires.add("http/json")
            self.exports.append(json.loads(body))
        else:
            self.wires.add("http/protobuf")
            self.exports.append(as_json(body))


def as_json(body):
    """A protobuf export in OTLP's own JSON: ids in hex, enumerations as numbers, 64-bit integers as text."""
    message = ExportTraceServiceRequest.FromString(body)
    export = MessageToDict(message, use_integers_for_enums=True)
    for resource_spans in export.get("resourceSpans", []):
        for scope_spans in resource_spans.get("scopeSpans", []):
            for span in scope_spans.get("spans", []):
                for holder in [span, *span.get("links", [])]:
                    for key in ("traceId", "spanId", "parentSpanId"):
                        if key in holder:
                            holder[key] = base64.b64decode(holder[key]).hex()
    return export


def _handler(sink):
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_POST(self):
            body = self._body()
            if self.headers.get("content-encoding") == "gzip":
                body = gzip.decompress(body)
            content_type = self.headers.get("content-type", "")
            if self.path.endswith("/v1/traces"):
                sink.take(content_type, body)
            answer = b"{}" if content_type.startswith("application/json") else b""
            self.send_response(200)
            self.send_header("content-type", content_type)
            self.send_header("content-length", str(len(answer)))
            self.end_headers()
            self.wfile.write(answer)

        def _body(self):
            if self.headers.get("transfer-encoding", "").lower() != "chunked":
                return self.rfile.read(int(self.headers["content-length"]))
            parts = []
            while size := int(self.rfile.readline().split(b";")[0], 16):
                parts.append(self.rfile.read(size))
                self.rfile.readline()
            self.rfile.readline()
            return b"".join(parts)

        def log_message(self, *_):
            pass

    return Handler
