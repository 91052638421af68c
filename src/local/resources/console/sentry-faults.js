// What Sentry's AI views would lose of spans, or show in a way that no one can read.

import { MEDIA, ROLES, answer, answers, decode, drawn, instructions, kinds, messages, shown, unseenKinds, wording } from "./sentry-messages.js";
import { CONVERSATION, COST, EMBEDDED, INPUT, OPERATION, OUTPUT, RENAMED, RESULT, SYSTEM, USAGE, conversations, transcript } from "./sentry-view.js";

const MEMORY = /^((search|create|upsert|update|delete)_memory|(create|delete)_memory_store)$/;
const SPAN_BYTES = 1_000_000;

const SECRET_WORDS = "password|passwd|secret|auth|credentials|mysql_pwd|api[-_]key|apikey|private[-_]key|privatekey";
const SECRET_NAME = new RegExp(SECRET_WORDS + "|token", "i");
const SECRET_VALUE = new RegExp(SECRET_WORDS + "|token\\S*[:=]|^otp$|^two[-_]factor$|\\bbearer\\s+\\S", "i");
const PERSONAL = new RegExp(
  [
    "\\b(3[47]\\d|4\\d{3}|5[1-5]\\d\\d|65\\d\\d|6011)([-\\s]?\\d){12}\\b",
    "\\b\\d{3}-\\d\\d-\\d{4}\\b",
    "\\b[A-Z]{2}\\d{2}[a-zA-Z0-9]{11,29}\\b",
    "-----BEGIN [A-Z ]*(PRIVATE|PUBLIC) KEY-----",
    "//[\\w%.-]+:[\\w%.-]+@",
  ].join("|"),
);

/** Whether Sentry's default data scrubbing hides the attribute; booleans and names of the conventions stay. */
export function isScrubbed(name, value) {
  if (!/^(trace\.metadata|broadcast|user)\./.test(name) || ["", "true", "false", "null", "undefined"].includes(value)) {
    return false;
  }
  if (typeof value === "number") {
    return SECRET_NAME.test(name);
  }
  return typeof value === "string" && (SECRET_NAME.test(name) || SECRET_VALUE.test(value) || PERSONAL.test(value));
}

/** Names of the attributes that will be hidden, each once. */
export const scrubbed = (spans) =>
  [...new Set(spans.flatMap((it) => Object.entries(it.span.attributes).filter((entry) => isScrubbed(...entry)).map(([name]) => name)))].sort();

/** A list of {span, kind, why}; why names attributes and types, never content. */
export function faults(spans) {
  const found = [];
  for (const it of spans) {
    const add = (kind, holds, why) => holds && found.push({ span: it, kind, why });
    if (it.type === null) {
      add("error-count", it.failed && it.text(CONVERSATION), "no AI span, yet one more error of its conversation");
    } else {
      spanFaults(it, add);
    }
  }
  for (const { spans: group } of conversations(spans)) {
    const ends = group.filter((it) => it.isTurn).map((it) => it.end);
    for (const tool of transcript(group).homeless) {
      if (ends.includes(tool.end)) {
        found.push({ span: tool, kind: "tool-unseen", why: "it ends in the instant a generation ends: in no turn of the transcript" });
      }
    }
  }
  return found;
}

function spanFaults(it, add) {
  const evaluates = it.a[OPERATION] === "evaluate";
  for (const [key, role] of [[INPUT, "user"], [OUTPUT, "assistant"]]) {
    const raw = it.text(key) ?? "";
    add("cut-json", /^\s*[[{]/.test(raw) && decode(raw) === undefined, `${key} is no JSON: no message is drawn`);
    if (!evaluates) {
      messages(raw, role).forEach((message) => messageFaults(message, key, add));
    }
  }
  const said = answer(it.a[OUTPUT]);
  const given = answers(it.a[OUTPUT]).length;
  const isEmpty = !said.text && !said.reasoning && said.calls.length === 0 && said.objects.length === 0;
  add("empty-output", given > 0 && isEmpty && !evaluates, "there are output messages, and nothing is drawn");
  add("choices", given > 1, "several answers are drawn as one, line under line");
  const system = it.text(SYSTEM);
  const first = shown(it.a[INPUT])[0];
  const hidden = system && first?.role === "system" && first.content !== instructions(system);
  add("system-unseen", hidden, "the first message has the role system: the system instructions are not drawn");
  const quoted = [RESULT, EMBEDDED].filter((key) => it.text(key)?.startsWith('"') && typeof decode(it.a[key]) === "string");
  add("quoted", quoted.length > 0, `${quoted.join(", ")}: a text in JSON's quotes`);
  const raw = [[INPUT, "state"], [OUTPUT, "answers"]].some(([key, field]) => it.text(key) && !isEvaluation(it.text(key), field));
  add("evaluation", evaluates && raw, "shown raw: no item of the type evaluation");
  toolFaults(it, add);
  add("no-model", it.type === "ai_client" && !it.model && !MEMORY.test(it.text(OPERATION) ?? ""), "an LLM call of no model");
  add("nameless", it.type === "agent" && !it.agent, "it is in no list");
  add("tokens", !addUp(it), "input, cached, output, reasoning do not add up");
  add("cost", it.number(COST) < 0, "negative");
  add("conversation-id", /[/\\%?#\s]/.test(it.text(CONVERSATION) ?? ""), "it is part of an address: no / \\ % ? # or blank");
  const sent = it.span.attributes;
  const old = Object.keys(RENAMED).filter((name) => name in sent && !(RENAMED[name] in sent));
  add("old-name", old.length > 0, old.join(", "));
  const bytes = new TextEncoder().encode(Object.entries(sent).flat().join("")).length;
  add("too-large", bytes > SPAN_BYTES, "over 1 MB: its largest text is cut");
}

function messageFaults(message, key, add) {
  const isInput = key === INPUT;
  const unseen = unseenKinds(message, isInput);
  const text = drawn(message);
  add("role", !ROLES.includes(message.role), `${key}: there is no role ${message.role}`);
  add("object-object", typeof text === "string" && text.includes("[object Object]"), `a message of ${message.role}: a tool's result has to be a text`);
  const onlyResults = kinds(message).join() === "tool_call_response";
  add("tool-as-user", isInput && message.role === "user" && onlyResults, "a tool's result shows as the user's words");
  const untyped = (message.parts ?? []).some((part) => MEDIA.includes(part.type) && !wording(part, "mime_type"));
  add("mime", untyped, `${key}: content of type "unknown"`);
  add("part-unseen", unseen.length > 0, `${key}: ${unseen.join(", ")} of a message of ${message.role} not drawn`);
}

function toolFaults(it, add) {
  const definitions = decode(it.text("gen_ai.tool.definitions"));
  const nested = Array.isArray(definitions) && definitions.some((tool) => !wording(tool ?? {}, "name"));
  add("definition", nested, "a tool definition without a top-level name shows as raw JSON");
  if (it.type === "tool") {
    add("nameless", !it.text("gen_ai.tool.name"), "it is in no list");
    add("silent-tool", it.failed && !it.text(RESULT) && !it.span.private, "a failed tool shows no output");
  }
}

/** Cached tokens have to be inside the input, within one per cent of all. */
function addUp(it) {
  const [input, cached, output, reasoning] = ["input_tokens", "cache_read.input_tokens", "output_tokens", "reasoning.output_tokens"].map((name) => it.number(USAGE + name));
  const outside = Math.max(input, cached) - input;
  return input === 0 || output === 0 || (Math.min(input, cached, output, reasoning) >= 0 && outside <= Math.max(1, (input + output) / 100));
}

function isEvaluation(text, field) {
  const value = decode(text);
  return [value].flat().some((item) => item !== null && typeof item === "object" && item.type === "evaluation" && field in item);
}
