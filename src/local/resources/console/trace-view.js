// The trace that is open: its head, its waterfall, and the span that is chosen beside it.

import { $, h, replace } from "./dom.js";
import { copyButton } from "./copy.js";
import { showDetail } from "./detail.js";
import { clock, counted, facts } from "./format.js";
import { sentences } from "./notes.js";
import { conversationHash, go, route, traceHash } from "./router.js";
import { isCall } from "./spans.js";
import * as store from "./store.js";
import * as list from "./trace-list.js";
import { Waterfall } from "./waterfall.js";

/** {key, span, waterfall} of the trace that is shown; null while there is none. */
let open = null;

export function forget() {
  open = null;
  replace($("trace-detail"));
}

/** Shows what the address names. @param isLoaded whether all traces of the run are here */
export function show(to, isLoaded) {
  document.body.classList.toggle("trace-open", Boolean(to.trace));
  document.body.classList.toggle("span-open", Boolean(to.span));
  if (!to.trace) {
    if (!open) {
      replace($("trace-detail"), h("p", { className: "empty" }, "Choose a trace."));
    }
    return;
  }
  const trace = store.find(to.trace.id, to.trace.destination);
  if (!trace) {
    open = null;
    list.mark(null);
    replace($("trace-detail"), h("p", { className: "empty" }, isLoaded ? "This run has no such trace. A run starts anew with its own." : "Looking for the trace…"), h("a", { className: "back", href: "#traces" }, "‹ All traces"));
    return;
  }
  const isOther = open?.key !== trace.key;
  if (isOther) {
    open = { key: trace.key, span: null, waterfall: new Waterfall(choose) };
    replace($("trace-detail"), frame(trace));
    open.waterfall.find.value = list.query();
    list.mark(trace.key);
  }
  draw(trace);
  select(trace, to.span, isOther);
}

/** Draws what has changed in the open trace. */
export function update(changed, isLive) {
  if (!open && route().trace) {
    show(route(), true);
    return;
  }
  const trace = open && changed.has(open.key) ? store.find(...open.key.split("@")) : null;
  if (trace) {
    draw(trace);
    const span = trace.spans.get(open.span);
    showDetail($("span-detail"), span, context(trace), isLive);
  }
}

/** Of the open trace, whose notes came after its spans. */
export function updateNotes() {
  const trace = open && store.find(...open.key.split("@"));
  if (trace) {
    head(trace);
  }
}

function frame(trace) {
  return [
    h("div", { className: "trace-head" }, h("a", { className: "back to-traces", href: "#traces" }, "‹ All traces"), h("h2", { tabindex: "-1", dir: "auto" }), h("p", { className: "facts" }), h("p", { className: "id" }, h("code", {}, trace.id), copyButton(trace.id, "the trace's id"), copyButton(() => location.href.split("#")[0] + traceHash(trace), "a link to this trace", "Copy link")), h("ul", { className: "warnings", id: "trace-notes" })),
    h("div", { className: "trace-body" }, open.waterfall.element, h("div", { className: "span-pane", id: "span-detail", role: "region", "aria-label": "The span", tabindex: "0" })),
  ];
}

function draw(trace) {
  head(trace);
  open.waterfall.update(store.summary(trace), store.texts(trace));
}

function head(trace) {
  const all = store.summary(trace);
  const { duration, tokens, cost } = facts(all.spans, all.start, all.end);
  const session = all.spans.map((span) => span.attributes["gen_ai.conversation.id"]).find((id) => id);
  const box = $("trace-detail").querySelector(".trace-head");
  replace(box.querySelector("h2"), all.root.name, " ", list.chips(trace));
  replace(
    box.querySelector(".facts"),
    [
      duration,
      counted(all.spans.length, "span"),
      tokens && tokens + " tokens",
      cost,
      clock(all.start),
      "destination " + trace.destination,
      session && h("a", { href: conversationHash({ destination: trace.destination, id: session }) }, "its conversation"),
      trace.sentAgain ? `${counted(trace.sentAgain, "span")} sent again, and stored once` : "",
    ].filter((fact) => fact).map((fact) => h("span", {}, fact)),
  );
  const notes = sentences(store.noteOf(trace) ?? {});
  if (box.dataset.notes !== notes.join()) {
    box.dataset.notes = notes.join();
    replace($("trace-notes"), notes.map((note) => h("li", {}, note)));
  }
}

const context = (trace) => ({ spans: store.summary(trace).spans, start: store.summary(trace).start, hash: traceHash(trace), hashOf: (span) => traceHash(trace, span.span_id) });

function select(trace, spanId, isOther) {
  const { rows } = store.summary(trace);
  const wanted = spanId && trace.spans.has(spanId) ? spanId : null;
  const chosen = wanted ?? (isOther || !trace.spans.has(open.span) ? (rows.find(({ span }) => isCall(span)) ?? rows[0]).span.span_id : open.span);
  if (chosen !== open.span || isOther) {
    open.span = chosen;
    open.waterfall.select(chosen);
  }
  showDetail($("span-detail"), trace.spans.get(chosen), context(trace), false);
}

/** Only a click leaves an entry to go back to. Where spans have a page of their own, a move by a key does not open it. */
function choose(spanId, how) {
  if (how === "move" && isNarrow()) {
    return;
  }
  const { trace, span } = route();
  go(traceHash(trace ? store.find(trace.id, trace.destination) : store.find(...open.key.split("@")), spanId), how !== "click" && Boolean(span));
}

const isNarrow = () => matchMedia("(max-width: 699px)").matches;

/** Where the page shows one thing at a time, the focus goes to the head of what a person has opened. */
export function focusOnNarrow() {
  if (matchMedia("(max-width: 1199px)").matches) {
    const head = $("trace-detail").querySelector(isNarrow() && document.body.classList.contains("span-open") ? ".span-title" : "h2");
    if (head?.checkVisibility() && !$("trace-detail").contains(document.activeElement)) {
      head.focus({ preventScroll: true });
      scrollTo(0, 0);
    }
  }
}
