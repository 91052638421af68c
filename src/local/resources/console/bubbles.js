// The messages of a model call, and what a tool was given and gave, as a conversation.

import { h } from "./dom.js";
import { parse } from "./json.js";
import { isCall, role } from "./spans.js";
import { data, prose } from "./text.js";

const ROLE_WORDS = { assistant: "Assistant", user: "User", system: "System", tool: "Tool", developer: "Developer" };

/** What a span says; null where it is neither a model call nor a tool. */
export function conversation(span, tools = []) {
  if (role(span) === "tool") {
    return h("div", { className: "chat" }, h("h3", {}, "Tool call"), span.private ? leftOut("Arguments and result") : toolPayloads(span));
  }
  if (!isCall(span)) {
    return null;
  }
  const said = [...given(span), ...answered(span)];
  return h(
    "div",
    { className: "chat" },
    h("h3", {}, "Conversation"),
    said.length > 0 ? said.map(bubbleOf) : silent(span),
    tools.map(toolResult),
    toolDefinitions(span.attributes["gen_ai.tool.definitions"]),
  );
}

/** What stands in place of messages that are not there. */
export function silent(span) {
  return span.private
    ? leftOut("Prompt, answer, system text and tools")
    : h("p", { className: "hint" }, "No messages: the record had none, or asked for privacy mode itself.");
}

/** What a call was given: messages as {role, finish, parts}. */
export function given(span) {
  const a = span.attributes;
  const embedded = a["gen_ai.embeddings.input"];
  return [
    ...messagesOf(a["gen_ai.system_instructions"], "system"),
    ...messagesOf(a["gen_ai.input.messages"]),
    ...(embedded === undefined ? [] : [{ role: "user", name: "Input", parts: [{ type: "data", content: embedded }] }]),
  ];
}

export const answered = (span) => messagesOf(span.attributes["gen_ai.output.messages"]);

/** @param partsOf the role of whom all parts of the JSON are; without it the JSON is a list of messages */
function messagesOf(json, partsOf) {
  if (json === undefined) {
    return [];
  }
  const value = parse(json);
  if (!Array.isArray(value)) {
    return [{ role: partsOf ?? "user", parts: [{ type: "text", content: json }] }];
  }
  return partsOf
    ? [{ role: partsOf, parts: value }]
    : value.map((message) => ({ role: String(message?.role ?? "?"), finish: message?.finish_reason, parts: message?.parts ?? [message?.content ?? message] }));
}

export function bubbleOf({ role: who, name, finish, parts }) {
  return bubble(who, name ?? ROLE_WORDS[who] ?? who, finish, parts.map(part));
}

function bubble(who, name, note, children) {
  const side = who === "developer" ? "system" : ["assistant", "system", "tool"].includes(who) ? who : "user";
  return h("article", { className: "bubble " + side }, h("header", { dir: "auto" }, name, note ? h("span", { className: "hint" }, " · " + note) : null), children);
}

function part(it) {
  if (it === null || typeof it !== "object") {
    return prose(String(it));
  }
  switch (it.type) {
    case "text":
      return prose(String(it.content ?? ""));
    case "reasoning":
      return h("details", { className: "reasoning" }, h("summary", {}, "Reasoning"), prose(String(it.content ?? ""), "the reasoning"));
    case "refusal":
      return h("p", { className: "error-line", dir: "auto" }, "Refused: " + String(it.content ?? ""));
    case "tool_call":
      return h("div", { className: "call" }, h("header", {}, "calls ", h("code", {}, String(it.name ?? "?"))), payload(null, it.arguments, "the arguments"));
    case "tool_call_response":
      return h("div", { className: "call" }, h("header", {}, "result ", h("code", {}, String(it.name ?? it.id ?? ""))), payload(null, it.response ?? it.result, "the result"));
    case "blob":
      return h("p", { className: "media" }, `${it.modality ?? "data"} · ${it.mime_type ?? "–"} · ${it.size ?? "–"} bytes; the data itself never leaves`);
    case "uri":
    case "file":
      return h("p", { className: "media" }, `${it.modality ?? "file"} · ${it.uri ?? it.file_id ?? "–"}`);
    case "data":
      return payload(null, it.content, "the input");
    default:
      return payload(String(it.type ?? "part"), it.content ?? it, "this part");
  }
}

function payload(label, value, what) {
  if (value === undefined || value === null) {
    return null;
  }
  return [label ? h("p", { className: "hint" }, label) : null, data(typeof value === "string" ? value : JSON.stringify(value), what)];
}

function toolPayloads(span) {
  const [input, result] = [span.attributes["gen_ai.tool.call.arguments"], span.attributes["gen_ai.tool.call.result"]];
  return input === undefined && result === undefined
    ? h("p", { className: "hint" }, "Neither arguments nor a result: the record had none, or asked for privacy mode itself.")
    : [payload("Arguments", input, "the arguments"), payload("Result", result, "the result")];
}

/** A tool that was run: its span. */
export function toolResult(tool) {
  const failed = tool.status === "ERROR";
  return bubble("tool", "Tool", failed ? "failed" : "ran", [
    h("header", {}, h("code", {}, String(tool.attributes["gen_ai.tool.name"] ?? tool.name))),
    failed ? h("p", { className: "error-line", dir: "auto" }, tool.status_message || String(tool.attributes["error.type"] ?? "error")) : null,
    tool.private ? h("span", { className: "left-out" }, "result left out") : payload(null, tool.attributes["gen_ai.tool.call.result"], "the result"),
  ]);
}

const leftOut = (what) => h("p", { className: "left-out-box" }, h("strong", {}, what), " left out: privacy mode. Nothing of it goes to Sentry.");

function toolDefinitions(json) {
  return json === undefined ? null : h("details", { className: "reasoning" }, h("summary", {}, "Tools that the model could call"), data(json, "the tools"));
}
