"""Makes a recording of what the sink took: one OTLP/JSON request without machine data, and what really happened."""

import json
import pathlib
import re
import socket
import sys

# Resource attributes that describe the machine: the key stays, the value becomes a placeholder of the same type.
MACHINE = re.compile(r"^(host|os|process|container)\.|^service\.instance\.id$")
KEPT = {"process.runtime.name", "process.runtime.version", "os.type"}
CODE_PATHS = re.compile(r"[^\s\"'()]*/(site-packages|node_modules|lib/python3\.\d+)/")


def machine_words(work, ports):
    """What is replaced in every text: folders, the host's name and the ports that happened to be free."""
    words = {str(work): "/srv/app", str(pathlib.Path.home()): "/home/app", socket.gethostname(): "host-1"}
    words = {word: instead for word, instead in words.items() if len(word) > 3 and word != "localhost"}
    words |= {f"{host}:{port}": f"{host}:8080" for port in ports for host in ("127.0.0.1", "localhost")}
    return words, {str(port) for port in ports}


def clean(value, words, ports):
    if isinstance(value, dict):
        if str(value.get("key")).endswith(".port") and set(map(str, value["value"].values())) <= ports:
            return value | {"value": {kind: type(port)(8080) for kind, port in value["value"].items()}}
        return {key: clean(each, words, ports) for key, each in value.items()}
    if isinstance(value, list):
        return [clean(each, words, ports) for each in value]
    if isinstance(value, str):
        for word, instead in words.items():
            value = value.replace(word, instead)
        return CODE_PATHS.sub(r"/srv/app/\1/", value)
    return value


def placeholder(value):
    if not value:
        return value
    kind, held = next(iter(value.items()))
    if kind == "arrayValue":
        return {kind: {"values": [placeholder(each) for each in held.get("values", [])]}}
    return {kind: "machine" if kind == "stringValue" else "4711" if isinstance(held, str) else 4711}


def without_machine(export, words, ports):
    for resource_spans in export["resourceSpans"]:
        for attribute in resource_spans.get("resource", {}).get("attributes", []):
            if MACHINE.match(attribute["key"]) and attribute["key"] not in KEPT:
                attribute["value"] = placeholder(attribute["value"])
    return clean(export, words, ports)


def build(here, sdk, runs, sink, words):
    export = {"resourceSpans": [each for taken in sink.exports for each in taken.get("resourceSpans", [])]}
    if not export["resourceSpans"]:
        sys.exit(f"{sdk} exported nothing")
    export = without_machine(export, *words)
    text = json.dumps(export)
    folders = [here / run for run, _ in runs]
    facts = [json.loads((folder / "facts.json").read_text()) for folder in folders]
    told = json.dumps([span.get("attributes") for span in spans_of(export)])
    calls = [call for (_, provider), fact in zip(runs, facts) for call in reported(provider.served, fact, told)]
    words = {word for _, provider in runs for word in provider.words}
    shown = words & set(re.findall(r"CANARY\w+", text))
    sources = dict.fromkeys([*folders, here / sdk])
    expected = {
        "source": ", ".join(version for folder in sources for version in versions(folder)),
        "wire": ", ".join(sorted(sink.wires)),
        "model_calls": calls,
        "tools": [{"name": tool} for fact in facts for tool in fact["tools"]],
        "agents": [agent for fact in facts for agent in fact["agents"]],
        "canaries_shown": sorted(shown),
        "canaries_private": "all",
        "canaries_not_exported": sorted(words - shown),
        "requests": len(sink.exports),
        "spans": len(spans_of(export)),
        "notes": [note for fact in facts for note in fact["notes"]],
    }
    for key in ("session", "user"):
        if value := next((fact[key] for fact in facts if key in fact), None):
            expected[key] = value
    return export, expected


def spans_of(export):
    return [span for each in export["resourceSpans"] for scope in each["scopeSpans"] for span in scope["spans"]]


def reported(served, fact, told):
    """The served calls as the export tells them. What it does not tell is null; the truth then stands in `true`."""
    calls = []
    for number, call in enumerate(served, 1):
        missing = fact["not_exported"].get(str(number), [])
        for name in ("input_tokens", "output_tokens", "cached", "cache_written", "reasoning"):
            counts = {call.get(name), call.get("input_tokens_uncached") if name == "input_tokens" else None} - {None}
            found = any(_stands_in(told, count) for count in counts)
            if counts and found != (name not in missing):
                state = "in" if found else "not in"
                print(f"call {number}: {name} is {state} the export: correct facts.json", file=sys.stderr)
        differently = fact.get("told_differently", {}).get(str(number), {})
        for name, value in differently.items():
            if not _stands_in(told, value):
                print(f"call {number}: {name} {value} not in the export: correct facts.json", file=sys.stderr)
        instead = dict.fromkeys(missing) | differently
        truth = {name: call[name] for name in instead if name in call}
        calls.append(call | instead | ({"true": truth} if truth else {}))
    return calls


def _stands_in(told, count):
    return bool(re.search(rf"(?<![\w.]){count}(?![\w.])", told))


def versions(folder):
    """The pinned versions, from the file that pins them."""
    if (folder / "requirements.txt").exists():
        return (folder / "requirements.txt").read_text().split()
    if (folder / "package.json").exists():
        pinned = json.loads((folder / "package.json").read_text())["dependencies"]
        return [f"{name}@{version}" for name, version in pinned.items()]
    if (folder / "pom.xml").exists():
        pom = (folder / "pom.xml").read_text()
        boot = re.search(r"<artifactId>spring-boot-starter-parent</artifactId>\s*<version>([^<]+)<", pom)
        ai = re.search(r"<spring-ai.version>([^<]+)<", pom)
        return [f"org.springframework.ai:spring-ai@{ai[1]}", f"org.springframework.boot:spring-boot@{boot[1]}"]
    modules = re.findall(r"gomod: (\S+) (\S+)", (folder / "builder.yaml").read_text())
    return [f"{name}@{version}" for name, version in modules]


def write(out, sdk, export, expected):
    out.mkdir(parents=True, exist_ok=True)
    (out / f"{sdk}.json").write_text(json.dumps(export, indent=1, ensure_ascii=False) + "\n")
    (out / f"{sdk}.expected.json").write_text(json.dumps(expected, indent=1, ensure_ascii=False) + "\n")
