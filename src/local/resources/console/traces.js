// Traces: the live list, and the waterfall of the one that is open.

import { $, h, replace, say } from "./dom.js";
import { spanDetail } from "./detail.js";
import { cost, duration, isCall, model, role, status, tokens, tree } from "./spans.js";

const traces = new Map();
const open = { key: null, span: null };
let listed = "";

export const keyOf = (span) => span.trace_id + "@" + span.destination;

export function forget() {
  traces.clear();
  open.key = null;
  listed = "";
}

/** Takes new spans; a span that was sent again has the same id: Sentry stores it once. */
export function take(spans) {
  for (const span of spans) {
    const key = keyOf(span);
    const trace = traces.get(key) ?? { key, spans: new Map(), order: 0, sentAgain: 0 };
    traces.set(key, trace);
    if (trace.spans.has(span.span_id)) {
      trace.sentAgain++;
    } else {
      trace.order = ++take.counter;
    }
    trace.spans.set(span.span_id, span);
  }
  if (spans.length > 0) {
    showList();
    if (open.key !== null && spans.some((span) => keyOf(span) === open.key)) {
      showTrace();
    } else if (open.key === null && matchMedia("(min-width: 900px)").matches) {
      select(newest()?.key);
    }
  }
}
take.counter = 0;

const newest = () => [...traces.values()].sort((a, b) => b.order - a.order)[0];

export const allSpans = () => [...traces.values()].flatMap((trace) => [...trace.spans.values()]);

/** The trace of a record, by its own id or by its message's. */
export function findTrace(recordIds) {
  return [...traces.values()]
    .sort((a, b) => b.order - a.order)
    .find((trace) => [...trace.spans.values()].some((span) => recordIds.includes(span.attributes["broadcast.record.id"])));
}

function totals(trace) {
  const spans = [...trace.spans.values()];
  const root = tree(spans)[0].span;
  const start = Math.min(...spans.map((span) => span.start_us));
  const end = Math.max(...spans.map((span) => span.end_us));
  return { spans, root, start, end, calls: spans.filter(isCall), failed: spans.filter((span) => span.status === "ERROR") };
}

export function showList() {
  const wanted = $("filter").value.trim().toLowerCase();
  const shown = [...traces.values()]
    .sort((a, b) => b.order - a.order)
    .map((trace) => ({ trace, all: totals(trace) }))
    .filter(({ all }) => wanted === "" || all.spans.some((span) => haystack(span).includes(wanted)));
  const signature = wanted + "|" + open.key + "|" + shown.map(({ trace }) => trace.key + trace.spans.size).join();
  say($("traces-empty"), traces.size === 0 ? $("traces-empty").dataset.waiting ?? "Waiting for the first trace…" : shown.length === 0 ? "No trace matches." : "");
  if (signature === listed) {
    return;
  }
  listed = signature;
  const focused = document.activeElement?.dataset?.trace;
  replace($("trace-list"), shown.map(({ trace, all }) => h("li", {}, item(trace, all))));
  if (focused) {
    [...document.querySelectorAll("[data-trace]")].find((it) => it.dataset.trace === focused)?.focus();
  }
}

const haystack = (span) =>
  [span.name, model(span), span.destination, span.trace_id, span.attributes["user.id"], span.attributes["gen_ai.conversation.id"], span.attributes["error.type"]]
    .join(" ")
    .toLowerCase();

function item(trace, all) {
  const facts = [all.calls.map(model).find((name) => name), duration({ start_us: all.start, end_us: all.end }), tokens(all.calls), cost(all.calls)];
  return h(
    "button",
    { type: "button", "data-trace": trace.key, "aria-current": trace.key === open.key ? "true" : null, onclick: () => select(trace.key, true) },
    h("span", { className: "row" }, h("strong", {}, all.root.name), chips(all)),
    h("span", { className: "row facts" }, facts.filter((fact) => fact).map((fact) => h("span", {}, fact))),
  );
}

function chips(all) {
  const callFailed = all.calls.some((span) => span.status === "ERROR");
  return h(
    "span",
    { className: "chips" },
    all.root.private ? h("span", { className: "chip private" }, "privacy mode") : null,
    all.root.destination === "default" || all.root.private ? null : h("span", { className: "chip" }, all.root.destination),
    callFailed ? h("span", { className: "chip bad" }, "failed") : null,
    !callFailed && all.failed.length ? h("span", { className: "chip warn" }, all.failed.length + " inside failed") : null,
  );
}

export function select(key, byPerson = false) {
  open.key = key ?? null;
  open.span = null;
  showList();
  showTrace();
  if (byPerson) {
    document.body.classList.add("trace-open");
    $("trace-detail").querySelector("h2")?.focus({ preventScroll: matchMedia("(min-width: 900px)").matches });
    if (!matchMedia("(min-width: 900px)").matches) {
      scrollTo(0, 0);
    }
  }
}

function back() {
  document.body.classList.remove("trace-open");
  $("trace-list").querySelector("[aria-current]")?.focus();
}

function showTrace() {
  const trace = traces.get(open.key);
  if (!trace) {
    replace($("trace-detail"), h("p", { className: "empty" }, "Choose a trace."));
    return;
  }
  const all = totals(trace);
  const rows = tree(all.spans);
  open.span ??= (rows.find(({ span }) => isCall(span)) ?? rows[0]).span.span_id;
  const facts = [
    duration({ start_us: all.start, end_us: all.end }),
    `${all.spans.length} span${all.spans.length === 1 ? "" : "s"}`,
    tokens(all.calls) && tokens(all.calls) + " tokens",
    cost(all.calls),
    new Date(all.start / 1000).toLocaleString("en-GB"),
    `destination ${all.root.destination}`,
    trace.sentAgain ? `${trace.sentAgain} spans were sent again, and are stored once` : "",
  ];
  replace(
    $("trace-detail"),
    h("button", { type: "button", className: "back", onclick: back }, "‹ All traces"),
    h("h2", { tabindex: "-1" }, all.root.name, " ", chips(all)),
    h("p", { className: "facts" }, facts.filter((fact) => fact).map((fact) => h("span", {}, fact))),
    h("p", { className: "id" }, all.root.trace_id),
    h("div", { className: "waterfall", role: "listbox", "aria-label": "Spans", onkeydown: walk }, rows.map((row) => line(row, all))),
    h("div", { id: "span-detail" }),
  );
  showSpan();
}

function line({ span, depth }, all) {
  const length = Math.max(1, all.end - all.start);
  const bar = h("span", { className: "span-bar " + (span.status === "ERROR" ? "bad" : role(span)) });
  // Set through the object model: the page's policy has no inline styles.
  bar.style.left = ((span.start_us - all.start) / length) * 100 + "%";
  bar.style.width = Math.max(0.6, ((span.end_us - span.start_us) / length) * 100) + "%";
  const name = h("span", { className: "span-name" }, h("span", { className: "role " + role(span) }, role(span)), h("span", {}, span.name));
  name.style.paddingLeft = depth * 14 + "px";
  return h(
    "button",
    { type: "button", role: "option", "data-span": span.span_id, "aria-selected": String(span.span_id === open.span), onclick: () => choose(span.span_id) },
    name,
    h("span", { className: "span-lane" }, bar),
    h("span", { className: "num" }, duration(span)),
    h("span", { className: "num" }, tokens([span])),
    h("span", { className: "num" }, cost([span])),
    h("span", { className: span.status === "ERROR" ? "state bad" : "state" }, status(span)),
  );
}

function choose(id) {
  open.span = id;
  for (const row of document.querySelectorAll("[data-span]")) {
    row.setAttribute("aria-selected", String(row.dataset.span === id));
  }
  showSpan();
}

function walk(event) {
  const rows = [...event.currentTarget.querySelectorAll("[data-span]")];
  const next = rows[rows.indexOf(document.activeElement) + { ArrowDown: 1, ArrowUp: -1 }[event.key]];
  if (next) {
    event.preventDefault();
    next.focus();
    choose(next.dataset.span);
  }
}

function showSpan() {
  const span = traces.get(open.key).spans.get(open.span);
  replace($("span-detail"), h("h3", { className: "span-title" }, h("span", { className: "role " + role(span) }, role(span)), " ", span.name), spanDetail(span, [...traces.get(open.key).spans.values()]));
}

export function start() {
  $("filter").addEventListener("input", showList);
}
