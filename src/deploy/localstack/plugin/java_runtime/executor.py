"""Starts a function's process, and is its Runtime API.

https://docs.aws.amazon.com/lambda/latest/dg/runtimes-api.html
"""

import json
import os
import queue
import subprocess
import tempfile
import time
import zipfile
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

from localstack import config
from localstack.services.lambda_.invocation.lambda_models import InvocationResult
from localstack.services.lambda_.invocation.runtime_executor import RuntimeExecutor

CLIENT = "com.amazonaws.services.lambda.runtime.api.client"
START_SECONDS = 60
STOPPED = object()


class JavaRuntimeExecutor(RuntimeExecutor):
    def __init__(self, id, function_version):
        super().__init__(id, function_version)
        self.invocations = queue.Queue()
        self.answers = queue.Queue()
        self.process = None
        self.directory = Path(tempfile.mkdtemp(prefix="function-"))
        self.output = self.directory / "output.log"
        self.output.touch()
        self.unread = self.output.open()
        self.ready = False
        self.api = ThreadingHTTPServer(("127.0.0.1", 0), type("Api", (RuntimeApi,), {"executor": self}))
        self.api.daemon_threads = True

    def start(self, env_vars):
        Thread(target=self.api.serve_forever, daemon=True).start()
        settings = self.function_version.config
        task = settings.code.get_unzipped_code_location()
        class_path = os.environ["FUNCTION_RUNTIME"]
        environment = {name: str(value) for name, value in env_vars.items()}
        environment |= {
            "AWS_LAMBDA_RUNTIME_API": f"127.0.0.1:{self.api.server_port}",
            "LAMBDA_TASK_ROOT": str(task),
        }
        self.process = subprocess.Popen(
            [
                os.environ["FUNCTION_JAVA"],
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                # The managed runtime's share of a function's memory.
                f"-Xmx{settings.memory_size * 85 // 100}m",
                "--enable-native-access=ALL-UNNAMED",
                f"-D{CLIENT}.runtimeapi.NativeClient.JNI={native_library(class_path, self.directory)}",
                "-cp",
                class_path,
                f"{CLIENT}.AWSLambda",
                settings.handler,
            ],
            cwd=task,
            env=environment,
            stdout=self.output.open("w"),
            stderr=subprocess.STDOUT,
        )
        self.answer(START_SECONDS)

    def invoke(self, payload):
        self.invocations.put(payload)
        timeout = self.function_version.config.timeout
        try:
            kind, body = self.answer(timeout)
        except queue.Empty:
            self.process.kill()
            kind = "error"
            body = json.dumps({"errorMessage": f"Task timed out after {timeout}.00 seconds"}).encode()
        return InvocationResult(payload["invoke-id"], body, is_error=kind != "response", logs=self.get_logs())

    def answer(self, seconds):
        """What the process says next: its kind ("ready", "response", "error") and its body."""
        limit = time.monotonic() + seconds
        while True:
            try:
                answer = self.answers.get(timeout=1)
            except queue.Empty:
                if self.process.poll() is not None:
                    raise RuntimeError(f"the function's process ended: {self.get_logs()}") from None
                if time.monotonic() > limit:
                    raise
                continue
            if answer[0] == "init/error":
                raise RuntimeError(answer[1].decode())
            return answer

    def stop(self):
        self.invocations.put(STOPPED)
        if self.process:
            self.process.kill()
            self.process.wait(10)
        self.api.shutdown()
        self.api.server_close()

    def get_logs(self):
        """What was logged since the last call."""
        return self.unread.read()

    def get_address(self):
        return "127.0.0.1"

    def get_endpoint_from_executor(self):
        return "127.0.0.1"

    def get_runtime_endpoint(self):
        return f"http://127.0.0.1:{config.GATEWAY_LISTEN[0].port}"

    @classmethod
    def prepare_version(cls, function_version):
        function_version.config.code.prepare_for_execution()

    @classmethod
    def cleanup_version(cls, function_version):
        pass


class RuntimeApi(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    executor = None

    def do_GET(self):
        executor = self.executor
        if not executor.ready:
            executor.ready = True
            executor.answers.put(("ready", b""))
        invocation = executor.invocations.get()
        if invocation is STOPPED:
            self.close_connection = True
            return
        seconds = executor.function_version.config.timeout
        self.reply(
            200,
            invocation["payload"].encode(),
            {
                "Lambda-Runtime-Aws-Request-Id": invocation["invoke-id"],
                "Lambda-Runtime-Deadline-Ms": str(int((time.time() + seconds) * 1000)),
                "Lambda-Runtime-Invoked-Function-Arn": invocation["invoked-function-arn"],
                # The client's native part dies of its absence.
                "Content-Type": "application/json",
            },
        )

    def do_POST(self):
        body = self.rfile.read(int(self.headers["Content-Length"]))
        kind = "init/error" if self.path.endswith("init/error") else self.path.rsplit("/", 1)[1]
        self.executor.answers.put((kind, body))
        self.reply(202, b"", {})

    def reply(self, status, body, headers):
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *args):
        pass


def native_library(class_path, directory):
    """A copy for this process alone: each start would overwrite the one in /tmp under the others."""
    (client,) = [jar for jar in class_path.split(os.pathsep) if "interface-client" in jar]
    machine = "aarch_64" if os.uname().machine == "aarch64" else "x86_64"
    library = directory / "client.so"
    with zipfile.ZipFile(client) as archive:
        library.write_bytes(archive.read(f"jni/libaws-lambda-jni.linux-{machine}.so"))
    return library
