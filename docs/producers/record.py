"""Runs SDKs against the local provider and writes what they exported. Started by `record`, which says how."""

import argparse
import os
import pathlib
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time

import recording
from provider import Provider
from sink import Sink

HERE = pathlib.Path(__file__).resolve().parent
ROOT = HERE.parents[1]
SDKS = ["openinference", "traceloop", "pydantic_ai", "vercel_ai", "spring_ai", "collector"]
# What the Collector's recording is made of: two programs that export to one Collector.
THROUGH_COLLECTOR = ["openinference", "vercel_ai"]
SECONDS_TO_INSTALL = 1800
SECONDS_TO_RUN = 120


def run(command, folder, env, seconds):
    log = folder / "output.log"
    with log.open("wb") as out:
        done = subprocess.run(command, cwd=folder, env=env, stdout=out, stderr=out, timeout=seconds)
    if done.returncode:
        sys.exit(f"{command[0]} ended with {done.returncode}:\n" + log.read_text(errors="replace")[-4000:])


def install(sdk, work):
    """Copies the SDK's folder, installs its pinned versions there and returns the command that runs it."""
    folder = work / sdk
    shutil.copytree(HERE / sdk, folder, dirs_exist_ok=True)
    installed = {
        "requirements.txt": [folder / "venv/bin/python", "run.py"],
        "package.json": ["node", "run.mjs"],
        "pom.xml": ["java", "-jar", "target/run.jar"],
        "builder.yaml": [folder / "dist/otelcol", "--config", "config.yaml"],
    }
    kind = next(name for name in installed if (folder / name).exists())
    mark = folder / "installed"
    wanted = (folder / kind).read_bytes()
    if kind == "pom.xml" or not mark.exists() or mark.read_bytes() != wanted:
        env = dict(os.environ)
        if kind == "requirements.txt":
            run([sys.executable, "-m", "venv", "--clear", "venv"], folder, env, SECONDS_TO_INSTALL)
            run([folder / "venv/bin/python", "-m", "pip", "install", "-q", "-r", kind], folder, env, SECONDS_TO_INSTALL)
        elif kind == "package.json":
            run(["npm", "install", "--no-audit", "--no-fund", "--no-package-lock"], folder, env, SECONDS_TO_INSTALL)
        elif kind == "pom.xml":
            run([ROOT / "mvnw", "-q", "-f", folder / kind, "package"], folder, env, SECONDS_TO_INSTALL)
        else:
            builder = (folder / kind).read_text().split("builder: ")[1].split()[0]
            run(["go", "run", builder, "--config", kind], folder, env, SECONDS_TO_INSTALL)
        mark.write_bytes(wanted)
    return installed[kind], folder


def environment(**more):
    """What a program sees: paths, the scenario's addresses, nothing else of this machine's settings."""
    kept = {name: os.environ[name] for name in ("PATH", "HOME", "JAVA_HOME", "LANG") if name in os.environ}
    resource = "service.name=weather,service.version=1.4.2,deployment.environment.name=staging"
    return kept | {"OTEL_RESOURCE_ATTRIBUTES": resource, "OTEL_SERVICE_NAME": "weather"} | more


def run_program(sdk, canary, sink_port, work, first=1):
    """Runs one SDK's program to its end and returns the provider that answered it."""
    command, folder = install(sdk, work)
    provider = Provider(canary, first)
    try:
        env = environment(
            PROVIDER_URL=f"http://127.0.0.1:{provider.port}",
            OTEL_EXPORTER_OTLP_ENDPOINT=f"http://127.0.0.1:{sink_port}",
            CANARY=canary,
        )
        run(command, folder, env, SECONDS_TO_RUN)
    finally:
        provider.close()
    return provider


def record(sdk, work, out):
    began = time.monotonic()
    sink = Sink()
    try:
        if sdk == "collector":
            runs = through_collector(sink, work)
        else:
            runs = [(sdk, run_program(sdk, canary_of(sdk), sink.port, work))]
    finally:
        sink.close()
    words = recording.machine_words(work, [sink.port, *(provider.port for _, provider in runs)])
    export, expected = recording.build(HERE, sdk, runs, sink, words)
    recording.write(out, sdk, export, expected)
    seconds = time.monotonic() - began
    print(f"{sdk}: {expected['spans']} spans, {len(expected['model_calls'])} calls, {seconds:.0f} s", flush=True)


def through_collector(sink, work):
    for sdk in THROUGH_COLLECTOR:
        install(sdk, work)
    command, folder = install("collector", work)
    port = free_port()
    env = environment(COLLECTOR_ENDPOINT=f"127.0.0.1:{port}", SINK_URL=f"http://127.0.0.1:{sink.port}")
    with (folder / "output.log").open("ab") as log:
        collector = subprocess.Popen(command, cwd=folder, env=env, stdout=log, stderr=log)
    try:
        wait_for(port, collector)
        runs = [
            (sdk, run_program(sdk, canary_of("collector" + sdk), port, work, first=1 + 10 * index))
            for index, sdk in enumerate(THROUGH_COLLECTOR)
        ]
    finally:
        collector.send_signal(signal.SIGTERM)
        collector.wait(30)
    return runs


def canary_of(name):
    return "CANARY" + name.replace("_", "")


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def wait_for(port, process):
    """Returns once the port accepts a connection; tries for 30 s."""
    for _ in range(300):
        if process.poll() is not None:
            sys.exit("the Collector did not start")
        with socket.socket() as probe:
            probe.settimeout(1)
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.1)
    sys.exit("the Collector does not listen")


def main():
    parser = argparse.ArgumentParser(prog="record", description=__doc__)
    parser.add_argument("sdk", nargs="+", choices=[*SDKS, "all"])
    parser.add_argument("--out", type=pathlib.Path, default=ROOT / "src/test/resources/recordings/own")
    parser.add_argument("--work", type=pathlib.Path, help="keeps what is installed (default: a temporary folder)")
    given = parser.parse_args()
    work = (given.work or pathlib.Path(tempfile.mkdtemp(prefix="record-"))).resolve()
    try:
        for sdk in SDKS if "all" in given.sdk else given.sdk:
            record(sdk, work, given.out)
    finally:
        if not given.work:
            shutil.rmtree(work, ignore_errors=True)


main()
