// The attributes of a span, in groups.

import { h } from "./dom.js";
import { copyButton } from "./copy.js";
import { looksLikeJson } from "./json.js";
import { isScrubbed } from "./sentry-faults.js";
import { absentContent } from "./spans.js";
import { data } from "./text.js";

const GROUPS = [
  ["AI", (name) => name.startsWith("gen_ai.")],
  ["Sentry", (name) => /^(sentry|user|session|error|http)\./.test(name)],
  ["Metadata", (name) => name.startsWith("trace.metadata.")],
  ["Ours", (name) => name.startsWith("broadcast.")],
  ["Ids and the rest", () => true],
];
const CLOSED = ["Ids and the rest", "Resource"];

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
  groups.push({ title: "Resource", rows: Object.entries(span.resource ?? {}).map(([name, value]) => ({ name, value })) });
  return h("div", { className: "groups" }, groups.filter((group) => group.rows.length > 0).map(groupOf));
}

function groupOf({ title, rows }) {
  const left = rows.filter((row) => row.reason).length;
  return h(
    "details",
    { open: !CLOSED.includes(title) },
    h("summary", {}, title, h("span", { className: "hint" }, ` ${rows.length - left}${left ? ` · ${left} left out` : ""}`)),
    h(
      "dl",
      { className: "attributes" },
      rows.map((row) => [
        h("dt", {}, row.name),
        row.reason ? h("dd", { className: "left-out" }, row.reason) : h("dd", {}, valueOf(row), isScrubbed(row.name, row.value) ? h("span", { className: "chip warn" }, "hidden by Sentry's default scrubbing") : null),
      ]),
    ),
  );
}

function valueOf({ name, value }) {
  const text = String(value);
  const isLong = (looksLikeJson(text) && text.length > 60) || text.length > 200;
  return isLong ? data(text, name) : h("span", { className: "value" }, h("span", { dir: "auto" }, text === "" ? "(empty)" : text), copyButton(text, name));
}
