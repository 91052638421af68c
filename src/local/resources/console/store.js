// The spans that were received, as traces, in the order in which the first span of each came.

import { isCall, tree } from "./spans.js";
import { textsOf } from "./search.js";

const traces = new Map();
const notes = new Map();
let arrivals = 0;

export const keyOf = (span) => span.trace_id + "@" + span.destination;

export function forget() {
  traces.clear();
  notes.clear();
}

/** Takes new spans, and returns the keys of their traces. A span that was sent again has the same id: Sentry stores it once. */
export function take(spans) {
  const changed = new Set();
  for (const span of spans) {
    const key = keyOf(span);
    const trace = traces.get(key) ?? { key, id: span.trace_id, destination: span.destination, spans: new Map(), arrival: ++arrivals, sentAgain: 0, version: 0 };
    traces.set(key, trace);
    trace.sentAgain += trace.spans.has(span.span_id) ? 1 : 0;
    trace.spans.set(span.span_id, span);
    trace.version++;
    trace.summary = null;
    trace.texts = null;
    changed.add(key);
  }
  return changed;
}

/** What of the records of traces was corrected, dropped or not read. */
export function takeNotes(list) {
  const union = (a = [], b = []) => [...new Set([...a, ...b])];
  for (const note of list) {
    const known = notes.get(note.trace_id) ?? {};
    notes.set(note.trace_id, { mended: union(known.mended, note.mended), dropped: union(known.dropped, note.dropped), unread: union(known.unread, note.unread) });
  }
}

export const noteOf = (trace) => notes.get(trace.id) ?? null;

export const size = () => traces.size;

/** Newest first. */
export const all = () => [...traces.values()].reverse();

export const allSpans = () => [...traces.values()].flatMap((trace) => [...trace.spans.values()]);

/** At any destination where this one has none. */
export const find = (id, destination) => traces.get(id + "@" + destination) ?? all().find((trace) => trace.id === id);

/** The newest trace of a record, by its own id or by its message's. */
export const ofRecord = (ids) =>
  all().find((trace) => [...trace.spans.values()].some((span) => ids.includes(span.attributes["broadcast.record.id"])));

export function summary(trace) {
  if (!trace.summary) {
    const spans = [...trace.spans.values()];
    const rows = tree(spans);
    trace.summary = {
      spans,
      rows,
      root: rows[0].span,
      start: Math.min(...spans.map((span) => span.start_us)),
      end: Math.max(...spans.map((span) => span.end_us)),
      calls: spans.filter(isCall),
      failed: spans.filter((span) => span.status === "ERROR"),
    };
  }
  return trace.summary;
}

/** The searchable text of each span of the trace, by its id. */
export function texts(trace) {
  trace.texts ??= new Map([...trace.spans.values()].map((span) => [span.span_id, textsOf(span)]));
  return trace.texts;
}
