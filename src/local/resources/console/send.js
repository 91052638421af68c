// Send a record: an editor, the real preview both ways, and the queue.

import { $, h, replace, say } from "./dom.js";
import * as api from "./api.js";
import { attributes, conversation } from "./detail.js";
import { cost, duration, fromOtlp, layOut, role, status, tokens, tree } from "./spans.js";
import { findTrace, select } from "./traces.js";

const editor = $("record");
let samples = [];
let timer = 0;
let asked = 0;
let last = null;

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
  const destination = $("decide-for").value.trim();
  const [open, closed, decided] = await Promise.all([
    api.preview(text, true),
    api.preview(text, false),
    destination ? api.decisions(text, destination) : { ok: true, answer: {} },
  ]);
  if (mine !== asked) {
    return;
  }
  if (!open.ok || !closed.ok) {
    showProblem(open.ok ? closed.answer : open.answer);
    return;
  }
  replace($("record-errors"));
  replace($("decisions"), decided.ok ? (decided.answer.decisions ?? []).map(decision) : h("li", {}, `${destination}: ${decided.answer.title}`));
  const withContent = fromOtlp(open.answer);
  const without = fromOtlp(closed.answer);
  replace($("record-hidden"), [...(open.answer.warnings ?? []), ...corrections(open.answer.corrections)].map((warning) => h("li", {}, warning)));
  replace($("preview-open"), tree(withContent).map((row) => previewSpan(row, null)));
  replace($("preview-private"), tree(without).map((row) => previewSpan(row, withContent.find((span) => span.span_id === row.span.span_id))));
}

// What of the record was changed, or is not read: a misspelt name, for example.
function corrections({ mended = [], dropped = [], unread = [] } = {}) {
  return [
    ...mended.map((kind) => `corrected: ${kind.toLowerCase().replaceAll("_", " ")}`),
    ...dropped.map((path) => `${path}: dropped, its value cannot be read`),
    ...unread.map((path) => `${path}: no field that is read`),
  ];
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
    h("strong", {}, span.name),
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
  replace($("preview-open"), h("p", { className: "empty" }, "No spans."));
  replace($("preview-private"), h("p", { className: "empty" }, "No spans."));
  const errors = problem.errors ?? (problem.field || problem.detail ? [{ path: problem.field ?? "", expected: problem.detail ?? "" }] : []);
  replace(
    $("record-errors"),
    h(
      "div",
      { className: "problem" },
      h("strong", {}, problem.title ?? "It could not be previewed."),
      errors.length
        ? h("ul", {}, errors.map((error) => h("li", {}, error.path ? [h("code", {}, error.path), ": "] : null, "expected ", error.expected)))
        : null,
      h("p", { className: "hint" }, "You can send it all the same: it comes back, and then is a dead letter. Nothing is dropped in silence."),
    ),
  );
}

async function send() {
  const text = editor.value;
  $("send-record").disabled = true;
  const { ok, answer } = await api.send(text, $("sample").value + ", from the console");
  $("send-record").disabled = false;
  if (!ok) {
    last = null;
    say($("sent"), answer.title ?? "It was not sent.");
    return;
  }
  const ids = records(text).flatMap((record) => [record.id, record.response?.id]).filter((id) => id !== undefined).map(String);
  last = { id: answer.message_id, recordIds: [answer.message_id, ...ids], before: findTrace(ids)?.key ?? null };
  say($("sent"), "On the queue…");
}

/** Called with each state: follows what was sent last to its end. */
export function follow(state) {
  const fate = last && state.messages.find((message) => message.id === last.id);
  if (!fate) {
    return;
  }
  const trace = findTrace(last.recordIds);
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
      link ? h("button", { type: "button", id: "open-trace", onclick: () => ((location.hash = "#traces"), select(trace.key, true)) }, "Open its trace") : null,
    );
  }
}
