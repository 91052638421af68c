"""A local provider of models with known answers: OpenAI chat, responses and embeddings, Anthropic messages.

It knows two turns: a request that offers tools and holds no tool result is answered with a tool call, any other with
the final text. A request whose text contains FAILING is refused with 429. Every content field carries a canary word:
the prefix of the run, the field's name and the call's number. `served` notes each call with what the answer said;
`words` holds every canary word that a request or an answer carried.
"""

import json
import re
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import answers

FAILING = "over the limit"
ANSWERING_MODELS = {
    "gpt-4o-mini": "gpt-4o-mini-2024-07-18",
    "claude-sonnet-4-5": "claude-sonnet-4-5-20250929",
}


class Provider:
    """Serves on a free loopback port until closed. Calls are numbered from `first`."""

    def __init__(self, canary, first=1):
        self.canary = canary
        self.first = first
        self.served = []
        self.words = set()
        self.lock = threading.Lock()
        self.server = ThreadingHTTPServer(("127.0.0.1", 0), _handler(self))
        self.port = self.server.server_address[1]
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    def close(self):
        self.server.shutdown()
        self.server.server_close()

    def word(self, field, number):
        word = f"{self.canary}{field}{number}"
        self.words.add(word)
        return word

    def answer(self, path, request):
        """Returns (status, body) or, for a stream, (200, list of (event name or None, data))."""
        api = next((api for end, api in answers.APIS.items() if path.endswith(end)), None)
        if api is None:
            return 404, {"error": {"message": "no such API", "type": "not_found", "code": "not_found"}}
        with self.lock:
            number = self.first + len(self.served)
            model = request["model"]
            call = {
                "model": model,
                "operation": "embeddings" if api is answers.embeddings else "chat",
                "input_tokens": None,
                "output_tokens": None,
                "cached": None,
                "finish": None,
                "error": None,
                "stream": bool(request.get("stream")),
            }
            self.served.append(call)
        if FAILING in json.dumps(request):
            call["error"] = "429"
            return 429, self._refusal(api, number)
        call["response_model"] = ANSWERING_MODELS.get(model, model)
        return 200, api(self, request, call, number)

    def _refusal(self, api, number):
        text = "Rate limit reached. " + self.word("ERROR", number)
        if api is answers.messages:
            return {"type": "error", "error": {"type": "rate_limit_error", "message": text}}
        return {"error": {"message": text, "type": "tokens", "param": None, "code": "rate_limit_exceeded"}}

    def arguments(self, number):
        return {"city": "Paris " + self.word("ARGS", number)}

    def final(self, number):
        return "It is 18 degrees in Paris. " + self.word("FINAL", number)


def _event(name, data):
    text = data if isinstance(data, str) else json.dumps(data)
    return (f"event: {name}\n" if name else "") + f"data: {text}\n\n"


def _handler(provider):
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_POST(self):
            text = self.rfile.read(int(self.headers["content-length"])).decode()
            provider.words.update(re.findall(r"CANARY\w+", text))
            status, answer = provider.answer(self.path.split("?")[0], json.loads(text))
            if isinstance(answer, list):
                self._send(status, "text/event-stream", "".join(_event(*event) for event in answer))
            else:
                self._send(status, "application/json", json.dumps(answer))

        def _send(self, status, content_type, text):
            body = text.encode()
            self.send_response(status)
            self.send_header("content-type", content_type)
            self.send_header("content-length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_):
            pass

    return Handler
