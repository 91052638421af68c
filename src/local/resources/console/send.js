// Send a record: an editor, the real preview in each mode, and the queue.

import { $, h, replace, say } from "./dom.js";
import * as api from "./api.js";
import { attributes } from "./attributes.js";
import { conversation } from "./bubbles.js";
import { cost, duration, status, tokens } from "./format.js";
import { layOut } from "./json.js";
import { sentences } from "./notes.js";
import { fromOtlp } from "./otlp.js";
import { messageHash, traceHash } from "./router.js";
import { role, tree } from "./spans.js";
import { ofRecord } from "./store.js";

/** Of a message of SQS, in bytes of UTF-8. */
const MOST_BYTES = 1 << 20;

/** Where the spans of each privacy mode are drawn. */
const VIEWS = { off: "preview-open", redacted: "preview-redacted", on: "preview-private" };

const editor = $("record");
let samples = [];
let timer = 0;
let asked = 0;
let last = null;
let destinations = [];

export async function start() {
  $("sample").addEventListener("change", () => load(samples[$("sample").selectedIndex]));
  $("new-ids").addEventListener("click", () => edit(withNewIds(editor.value)));
  $("format").addEventListener("click", () => edit(layOut(editor.value)));
  $("send-record").addEventListener("click", send);
  editor.addEventListener("input", soon);
  $("decide-for").addEventListener("input", soon);
  editor.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
      send();
    }
  });
  samples = (await api.samples()).answer.samples ?? [];
  const seen = new Map();
  replace(
    $("sample"),
    samples.map(({ file }) => {
      const n = (seen.get(file) ?? 0) + 1;
      seen.set(file, n);
      return h("option", {}, file + (n > 1 ? ` (${n})` : ""));
    }),
  );
  const first = Math.max(0, samples.findIndex(({ file }) => file.startsWith("chat-tool-calls")));
  $("sample").selectedIndex = first;
  load(samples[first]);
}

function load(sample) {
  if (sample) {
    edit(withNewIds(layOut(sample.body)));
  }
}

function edit(text) {
  editor.value = text;
  soon();
}

function records(text) {
  try {
    return [JSON.parse(text)].flat().filter((record) => record && typeof record === "object");
  } catch {
    return [];
  }
}

/** What makes a record's spans its own, in the text as it stands: numbers keep their digits. */
function withNewIds(text) {
  const ids = records(text).flatMap((record) => [
    record.id,
    record.response?.id,
    record.trace?.trace_id,
    record.request?.trace?.trace_id,
  ]);
  let changed = text;
  for (const id of new Set(ids.filter((id) => typeof id === "string" && id.length > 0))) {
    changed = changed.split(JSON.stringify(id)).join(JSON.stringify(newId(id)));
  }
  return changed;
}

function newId(id) {
  const random = [...crypto.getRandomValues(new Uint8Array(16))].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  return /^[0-9a-f]{32}$/i.test(id) ? random : id.replace(/~[0-9a-f]{6}$/, "") + "~" + random.slice(0, 6);
}

function soon() {
  clearTimeout(timer);
  timer = setTimeout(preview, 300);
}

async function preview() {
  const mine = ++asked;
  const text = editor.value;
  if (text.trim() === "") {
    showProblem({ title: "There is nothing to preview." });
    return;
  }
  const bytes = new TextEncoder().encode(text).length;
  $("send-record").disabled = bytes > MOST_BYTES;
  if (bytes > MOST_BYTES) {
    showProblem({ title: `It has ${bytes.toLocaleString("en")} bytes. A message of the queue may have ${MOST_BYTES.toLocaleString("en")} (1 MiB).`, isFinal: true });
    return;
  }
  const destination = $("decide-for").value.trim();
  const [previewed, decided] = await Promise.all([
    api.preview(text),
    destination ? api.decisions(text, destination) : { ok: true, answer: {} },
  ]);
  if (mine !== asked) {
    return;
  }
  if (!previewed.ok) {
    showProblem(previewed.answer);
    return;
  }
  showUnknown(previewed.answer.unknown_destinations);
  const { otlp } = previewed.answer;
  const withContent = fromOtlp(otlp.modes.off);
  replace($("decisions"), decided.ok ? (decided.answer.decisions ?? []).map(decision) : h("li", {}, `${destination}: ${decided.answer.title}`));
  replace($("record-hidden"), [...(otlp.warnings ?? []), ...sentences(otlp.corrections)].map((warning) => h("li", {}, warning)));
  for (const [mode, view] of Object.entries(VIEWS)) {
    const rows = tree(fromOtlp(otlp.modes[mode]));
    replace($(view), rows.map((row) => previewSpan(row, mode === "on" ? withContent.find((span) => span.span_id === row.span.span_id) : null)));
  }
}

// Where a record goes, and why.
function decision({ record, routed, destination, decision, reason, rules }) {
  const to = routed.fault ? `its routes cannot be used (${routed.fault})` : `goes to ${routed.to.join(", ")} (by ${routed.by})`;
  const matched = Object.keys(rules).filter((rule) => rules[rule]);
  return h(
    "li",
    { "data-decision": decision },
    h("code", {}, record),
    ` ${to}; ${destination}: `,
    h("strong", {}, decision.replaceAll("_", " ")),
    reason ? ` by ${reason.replaceAll("_", " ")}` : "",
    matched.length ? `; matches ${matched.join(", ")}` : "",
  );
}

function previewSpan({ span, depth }, full) {
  // Exactly what the other preview has and this one has not.
  const absent = full ? Object.keys(full.attributes).filter((name) => !(name in span.attributes)) : [];
  const message = full && full.status_message !== span.status_message;
  const summary = h(
    "summary",
    {},
    h("span", { className: "role " + role(span) }, role(span)),
    " ",
    h("strong", { dir: "auto" }, span.name),
    h("span", { className: "hint" }, " ", [duration(span), tokens([span]), cost([span]), status(span)].filter((text) => text).join(" · ")),
    absent.length ? h("span", { className: "chip private" }, `${absent.length} left out`) : null,
  );
  const box = h(
    "details",
    { className: "preview-span", open: role(span) === "generation" },
    summary,
    span.status_message
      ? h("p", { className: "error-line" }, span.status_message, message ? h("span", { className: "left-out" }, "the provider's words are left out") : null)
      : null,
    conversation({ ...span, private: absent.length > 0 }),
    attributes(span, full ? "left out" : null, absent),
  );
  box.style.marginLeft = depth * 12 + "px";
  return box;
}

function showProblem(problem) {
  replace($("record-hidden"));
  replace($("decisions"));
  Object.values(VIEWS).forEach((view) => replace($(view), h("p", { className: "empty" }, "No spans.")));
  const errors = problem.errors ?? (problem.field || problem.detail ? [{ path: problem.field ?? "", expected: problem.detail ?? "" }] : []);
  replace(
    $("record-errors"),
    h(
      "div",
      { className: "problem" },
      h("strong", {}, problem.title ?? "It could not be previewed."),
      errors.length
        ? h("ul", {}, errors.map((error) => h("li", {}, error.path ? [h("code", {}, error.path), ": "] : null, "expected ", error.expected, " ", remedy(error))))
        : null,
      problem.isFinal ? null : h("p", { className: "hint" }, "You can send it all the same: it comes back, and then is a dead letter. Nothing is dropped in silence."),
    ),
  );
}

/** Said before it is sent: such a message comes back. */
function showUnknown(names) {
  replace(
    $("record-errors"),
    names.map((name) => h("p", { className: "problem" }, "There is no destination ", h("code", {}, name), `: there are ${destinations.join(", ")}. A message for another one comes back.`)),
  );
}

/** What helps beside the sentence: the place of an error in the text, or the body of a pasted event. */
function remedy({ path, expected }) {
  const [, line, column] = /line (\d+), column (\d+)/.exec(expected) ?? [];
  if (line) {
    return h("button", { type: "button", id: "go-to-error", onclick: () => goTo(Number(line), Number(column)) }, "Go there");
  }
  const body = path === "Records" ? records(editor.value)[0]?.Records?.[0]?.body : undefined;
  return typeof body === "string" ? h("button", { type: "button", id: "use-body", onclick: () => edit(layOut(body)) }, "Use the body") : null;
}

function goTo(line, column) {
  const start = editor.value.split("\n").slice(0, line - 1).reduce((sum, it) => sum + it.length + 1, 0);
  const at = Math.min(editor.value.length, start + column - 1);
  editor.focus();
  editor.setSelectionRange(at, at + 1);
}

/** Shows a body in the editor. */
export function editBody(text) {
  edit(layOut(text));
  $("record").focus();
}

async function send() {
  const text = editor.value;
  if ($("send-record").disabled) {
    return;
  }
  $("send-record").disabled = true;
  const { ok, answer } = await api.send(text, $("sample").value + ", from the console");
  $("send-record").disabled = false;
  if (!ok) {
    last = null;
    say($("sent"), answer.title ?? "It was not sent.");
    return;
  }
  const ids = records(text).flatMap((record) => [record.id, record.response?.id]).filter((id) => id !== undefined).map(String);
  last = { id: answer.message_id, recordIds: [answer.message_id, ...ids], before: ofRecord(ids)?.key ?? null };
  say($("sent"), "On the queue…");
}

/** Called with each state: follows what was sent last to its end. */
export function follow(state) {
  destinations = state.destinations ?? [];
  const fate = last && state.messages.find((message) => message.id === last.id);
  if (!fate) {
    return;
  }
  const trace = ofRecord(last.recordIds);
  const text =
    fate.state === "delivered"
      ? "Delivered" + (last.before ? ": the same ids as before, so Sentry stores it once. " : ". ")
      : fate.state === "queued"
        ? "On the queue…"
        : `${fate.state === "dead letter" ? "A dead letter" : "Came back"}, receive ${fate.receives}: ${fate.reason || "see the function's log"}`;
  const link = fate.state === "delivered" && trace;
  if ($("sent").dataset.shown !== text + Boolean(link) + last.id) {
    $("sent").dataset.shown = text + Boolean(link) + last.id;
    replace(
      $("sent"),
      text,
      link ? h("a", { id: "open-trace", className: "button", href: traceHash(trace) }, "Open its trace") : null,
      fate.state === "came back" || fate.state === "dead letter" ? h("a", { id: "open-message", className: "button", href: messageHash(fate.id) }, "Look at the message") : null,
    );
  }
}
