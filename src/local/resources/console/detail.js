// One span: its conversation as Sentry's AI view shows it, and its attributes in groups.

import { h } from "./dom.js";
import { isScrubbed } from "./sentry-faults.js";
import { absentContent, isCall, layOut, role } from "./spans.js";

const GROUPS = [
  ["AI", (name) => name.startsWith("gen_ai.")],
  ["Sentry", (name) => /^(sentry|user|session|error|http)\./.test(name)],
  ["Metadata", (name) => name.startsWith("trace.metadata.")],
  ["Ours", (name) => name.startsWith("broadcast.")],
  ["Other", () => true],
];

const ROLE_WORDS = { assistant: "Assistant", user: "User", system: "System", tool: "Tool", developer: "Developer" };

export function spanDetail(span, trace) {
  return [
    span.status === "ERROR" ? h("p", { className: "error-line" }, "Failed: ", span.status_message || span.attributes["error.type"] || "error") : null,
    conversation(span, toolsOf(span, trace)),
    attributes(span, leftOutReason(span)),
  ];
}

/** The tools that were run for a generation: they hang beside it, or under it where it is the root. */
function toolsOf(span, trace) {
  return trace
    .filter((other) => role(other) === "tool")
    .filter((other) => other.parent_span_id === span.span_id || (span.parent_span_id !== "" && other.parent_span_id === span.parent_span_id))
    .sort((a, b) => a.start_us - b.start_us);
}

function leftOutReason(span) {
  return span.private ? "left out: privacy mode" : null;
}

/** Groups of attributes; with a reason, content that is not there is shown as left out. */
export function attributes(span, reason, absent = absentContent(span)) {
  const entries = Object.entries(span.attributes).map(([name, value]) => ({ name, value }));
  if (reason) {
    absent.forEach((name) => entries.push({ name, reason }));
  }
  entries.push({ name: "span_id", value: span.span_id }, { name: "parent_span_id", value: span.parent_span_id || "none" });
  entries.push({ name: "trace_id", value: span.trace_id });
  const groups = GROUPS.map(([title]) => ({ title, rows: [] }));
  for (const entry of entries.sort((a, b) => a.name.localeCompare(b.name))) {
    groups[GROUPS.findIndex(([, takes]) => takes(entry.name))].rows.push(entry);
  }
  groups.find((group) => group.title === "Other").title = "Ids and the rest";
  groups.push({ title: "Resource", rows: Object.entries(span.resource ?? {}).map(([name, value]) => ({ name, value })) });
  return h("div", { className: "groups" }, groups.filter((group) => group.rows.length > 0).map(groupOf));
}

function groupOf({ title, rows }) {
  const left = rows.filter((row) => row.reason).length;
  return h(
    "details",
    { open: title !== "Resource" && title !== "Ids and the rest" },
    h("summary", {}, title, h("span", { className: "hint" }, ` ${rows.length - left}${left ? ` · ${left} left out` : ""}`)),
    h(
      "dl",
      { className: "attributes" },
      rows.map((row) => [
        h("dt", {}, row.name),
        row.reason ? h("dd", { className: "left-out" }, row.reason) : h("dd", {}, valueOf(row.value), isScrubbed(row.name, row.value) ? h("span", { className: "chip warn" }, "hidden by Sentry's default scrubbing") : null),
      ]),
    ),
  );
}

function valueOf(value) {
  const text = String(value);
  const json = /^[[{]/.test(text) && text.length > 60;
  return json || text.length > 200 ? h("pre", { tabindex: "0" }, json ? layOut(text) : text) : text;
}

export function conversation(span, tools = []) {
  const a = span.attributes;
  if (role(span) === "tool") {
    return h(
      "div",
      { className: "chat" },
      h("h3", {}, "Tool call"),
      span.private
        ? leftOut("Arguments and result")
        : [payload("Arguments", a["gen_ai.tool.call.arguments"]), payload("Result", a["gen_ai.tool.call.result"])],
    );
  }
  if (!isCall(span)) {
    return null;
  }
  const bubbles = [
    ...bubblesOf(a["gen_ai.system_instructions"], "system"),
    ...bubblesOf(a["gen_ai.input.messages"]),
    ...(a["gen_ai.embeddings.input"] === undefined ? [] : [bubble("user", "Input", [payload(null, a["gen_ai.embeddings.input"])])]),
    ...bubblesOf(a["gen_ai.output.messages"]),
  ];
  if (bubbles.length === 0) {
    bubbles.push(
      span.private
        ? leftOut("Prompt, answer, system text and tools")
        : h("p", { className: "hint" }, "No messages: the record had none, or asked for privacy mode itself."),
    );
  }
  return h("div", { className: "chat" }, h("h3", {}, "Conversation"), bubbles, tools.map(toolResult), toolDefinitions(a["gen_ai.tool.definitions"]));
}

function toolResult(tool) {
  const failed = tool.status === "ERROR";
  return bubble("tool", failed ? "failed" : "ran", [
    h("header", {}, h("code", {}, String(tool.attributes["gen_ai.tool.name"] ?? tool.name))),
    failed ? h("p", { className: "error-line" }, tool.status_message || String(tool.attributes["error.type"] ?? "error")) : null,
    tool.private ? h("span", { className: "left-out" }, "result left out") : payload(null, tool.attributes["gen_ai.tool.call.result"]),
  ]);
}

const leftOut = (what) =>
  h("p", { className: "left-out-box" }, h("strong", {}, what), " left out: privacy mode. Nothing of it goes to Sentry.");

function bubblesOf(json, givenRole) {
  if (json === undefined) {
    return [];
  }
  let messages;
  try {
    messages = JSON.parse(json);
  } catch {
    return [bubble(givenRole ?? "user", null, [h("p", {}, json)])];
  }
  if (givenRole) {
    return [bubble(givenRole, null, messages.map(part))];
  }
  return messages.map((message) => bubble(message.role, message.finish_reason, (message.parts ?? []).map(part)));
}

function bubble(who, finish, parts) {
  const name = ROLE_WORDS[who] ?? String(who);
  const side = who === "assistant" ? "assistant" : who === "system" || who === "developer" ? "system" : who === "tool" ? "tool" : "user";
  return h(
    "article",
    { className: "bubble " + side },
    h("header", {}, name, finish ? h("span", { className: "hint" }, " · " + finish) : null),
    parts,
  );
}

function part(it) {
  switch (it.type) {
    case "text":
      return h("p", {}, String(it.content ?? ""));
    case "reasoning":
      return h("details", { className: "reasoning" }, h("summary", {}, "Reasoning"), h("p", {}, String(it.content ?? "")));
    case "refusal":
      return h("p", { className: "error-line" }, "Refused: " + String(it.content ?? ""));
    case "tool_call":
      return h("div", { className: "call" }, h("header", {}, "calls ", h("code", {}, String(it.name ?? "?"))), payload(null, it.arguments));
    case "tool_call_response":
      return h("div", { className: "call" }, h("header", {}, "result ", h("code", {}, String(it.name ?? it.id ?? ""))), payload(null, it.response ?? it.result));
    case "blob":
      return h("p", { className: "media" }, `${it.modality ?? "data"} · ${it.mime_type ?? "?"} · ${it.size ?? "?"} bytes; the data itself never leaves`);
    case "uri":
    case "file":
      return h("p", { className: "media" }, `${it.modality ?? "file"} · ${it.uri ?? it.file_id ?? ""}`);
    default:
      return payload(String(it.type ?? "part"), it.content ?? it);
  }
}

function payload(label, value) {
  if (value === undefined || value === null) {
    return null;
  }
  const text = typeof value === "string" ? value : JSON.stringify(value);
  return [label ? h("p", { className: "hint" }, label) : null, h("pre", { tabindex: "0" }, /^\s*[[{]/.test(text) ? layOut(text) : text)];
}

function toolDefinitions(json) {
  if (json === undefined) {
    return null;
  }
  return h("details", { className: "reasoning" }, h("summary", {}, "Tools that the model could call"), h("pre", { tabindex: "0" }, layOut(json)));
}
