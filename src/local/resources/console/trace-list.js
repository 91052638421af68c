// The list of traces: newest first, searched, and still while somebody reads it.

import { $, h, reconcile, say } from "./dom.js";
import { counted, facts, status, time } from "./format.js";
import { traceHash } from "./router.js";
import { roving, stopAt } from "./roving.js";
import { matcher } from "./search.js";
import { model } from "./spans.js";
import * as store from "./store.js";

const LINK = "[data-trace]";
const STATES = {
  failed: (all) => all.failed.length > 0,
  cancelled: (all) => all.spans.some((span) => status(span) === "cancelled"),
  ok: (all) => all.failed.length === 0,
};

const items = new Map();
let open = null;
let newestShown = 0;

export function start() {
  const list = $("trace-list");
  roving(list, LINK);
  $("filter").addEventListener("input", showAll);
  $("filter-state").addEventListener("change", showAll);
  $("new-traces").addEventListener("click", () => {
    showAll();
    $("list-scroll").scrollTop = 0;
    list.querySelector(LINK)?.focus();
  });
}

export const query = () => $("filter").value.trim();

export function forget() {
  items.clear();
  newestShown = 0;
}

/** With all traces that there are. */
function showAll() {
  newestShown = Infinity;
  show();
}

/** Traces that arrive wait behind a button while the list is scrolled, or has the pointer or the focus. */
function isRead() {
  const pane = $("list-scroll");
  return pane.checkVisibility() && (pane.scrollTop > 0 || pane.matches(":hover") || $("trace-list").contains(document.activeElement));
}

export function show() {
  const all = store.all();
  if (newestShown === Infinity || !isRead()) {
    newestShown = all[0]?.arrival ?? 0;
  }
  const matches = matcher(query());
  const isWanted = STATES[$("filter-state").value] ?? (() => true);
  const found = all.filter((trace) => isWanted(store.summary(trace)) && (query() === "" || [...store.texts(trace).values()].some(matches)));
  const shown = found.filter((trace) => trace.arrival <= newestShown);
  reconcile($("trace-list"), shown.map(item));
  const waiting = found.length - shown.length;
  $("new-traces").hidden = waiting === 0;
  say($("new-traces"), counted(waiting, "new trace"));
  say($("trace-count"), query() === "" && $("filter-state").value === "" ? counted(all.length, "trace") : `${found.length} of ${counted(all.length, "trace")}`);
  say($("traces-empty"), all.length === 0 ? $("traces-empty").dataset.waiting ?? "Waiting for the first trace…" : found.length === 0 ? "No trace matches." : "");
  if (!$("trace-list").querySelector(LINK + "[tabindex='0']")) {
    $("trace-list").querySelector(LINK)?.setAttribute("tabindex", "0");
  }
}

/** Marks the trace that is open. */
export function mark(key) {
  open = key;
  for (const link of $("trace-list").querySelectorAll(LINK)) {
    setCurrent(link);
  }
  const current = $("trace-list").querySelector(LINK + "[aria-current]");
  if (current) {
    stopAt($("trace-list"), LINK, current);
    current.scrollIntoView({ block: "nearest" });
  }
}

function setCurrent(link) {
  if (link.dataset.trace === open) {
    link.setAttribute("aria-current", "true");
  } else {
    link.removeAttribute("aria-current");
  }
}

/** Made once for each state of a trace. */
function item(trace) {
  const known = items.get(trace.key);
  const version = trace.version + (store.noteOf(trace) ? "n" : "");
  if (known?.version === version) {
    return known.element;
  }
  const all = store.summary(trace);
  const { duration, tokens, cost } = facts(all.spans, all.start, all.end);
  const link = h(
    "a",
    { href: traceHash(trace), "data-trace": trace.key, tabindex: known?.element.firstElementChild.tabIndex ?? "-1" },
    h("span", { className: "row" }, h("strong", { dir: "auto" }, all.root.name), chips(trace)),
    h("span", { className: "row facts" }, [all.calls.map(model).find((name) => name), duration, tokens, cost, time(all.start)].filter((fact) => fact).map((fact) => h("span", {}, fact))),
  );
  setCurrent(link);
  const element = h("li", {}, link);
  items.set(trace.key, { element, version });
  return element;
}

/** What is special about a trace. */
export function chips(trace) {
  const all = store.summary(trace);
  const callFailed = all.calls.some((span) => span.status === "ERROR");
  return h(
    "span",
    { className: "chips" },
    all.root.private ? h("span", { className: "chip private" }, "privacy mode") : null,
    trace.destination === "default" || all.root.private ? null : h("span", { className: "chip" }, trace.destination),
    callFailed ? h("span", { className: "chip bad" }, "failed") : null,
    !callFailed && all.failed.length ? h("span", { className: "chip warn" }, all.failed.length + " inside failed") : null,
    store.noteOf(trace) ? h("span", { className: "chip warn" }, "corrected") : null,
  );
}
