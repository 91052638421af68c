// One span: its messages, its attributes, and all of it as JSON.

import { h, replace } from "./dom.js";
import { attributes } from "./attributes.js";
import { conversation } from "./bubbles.js";
import { copyButton } from "./copy.js";
import { cost, duration, offset, orUnknown, status, tokens } from "./format.js";
import { model, role } from "./spans.js";
import { data, raw, setRaw } from "./text.js";
import { selectTab, tabList } from "./tabs.js";

const TABS = [["messages", "Messages"], ["attributes", "Attributes"], ["json", "JSON"]];

let tab = "messages";
let shown = null;

/** Shows a span in the pane. One that is shown already is not drawn again: a button says when there is more of it. */
export function showDetail(pane, span, trace, isLive) {
  const now = { pane, span, trace, signature: signatureOf(span, trace.spans) };
  const isSame = shown !== null && shown.pane === pane && shown.span.span_id === span.span_id && shown.span.destination === span.destination && pane.contains(shown.panel);
  if (isSame && shown.signature === now.signature) {
    shown.trace = trace;
    return;
  }
  if (isSame && isLive) {
    replace(shown.news, h("button", { type: "button", id: "span-news", onclick: () => draw(now) }, "This span has changed: show it"));
    return;
  }
  draw(now);
}

/** The tools that were run for a generation: they hang beside it, or under it where it is the root. */
function toolsOf(span, spans) {
  return spans
    .filter((other) => role(other) === "tool")
    .filter((other) => other.parent_span_id === span.span_id || (span.parent_span_id !== "" && other.parent_span_id === span.parent_span_id))
    .sort((a, b) => a.start_us - b.start_us);
}

const signatureOf = (span, spans) => JSON.stringify([span, toolsOf(span, spans).map((tool) => tool.span_id)]);

function draw(now) {
  const { pane, span, trace } = now;
  now.panel = h("div", { id: "span-panel", role: "tabpanel", tabindex: "-1" });
  now.news = h("span", { className: "news", role: "status" });
  now.tabs = tabList("Parts of the span", TABS, tab, "span-panel", (name) => {
    tab = name;
    selectTab(now.tabs, tab);
    fill(now);
  });
  const plain = h("button", { type: "button", id: "raw", "aria-pressed": String(raw()), title: "Texts as they came, without Markdown", onclick: () => {
    setRaw(!raw());
    plain.setAttribute("aria-pressed", String(raw()));
    fill(now);
  } }, "Raw text");
  replace(
    pane,
    h(
      "div",
      { className: "span-head" },
      h("a", { className: "back to-spans", href: now.trace.hash }, "‹ All spans"),
      h("h2", { className: "span-title", tabindex: "-1", dir: "auto" }, h("span", { className: "role " + role(span) }, role(span)), " ", span.name),
      factsOf(span, trace.start),
      h("p", { className: "id" }, "span ", h("code", {}, span.span_id), copyButton(span.span_id, "the span's id"), copyButton(() => location.href.split("#")[0] + trace.hashOf(span), "a link to this span", "Copy link")),
      h("div", { className: "bar" }, now.tabs, plain, now.news),
    ),
    span.status === "ERROR" ? h("p", { className: "error-line", dir: "auto" }, "Failed: ", span.status_message || String(span.attributes["error.type"] ?? "error")) : null,
    now.panel,
  );
  const isNew = shown === null || shown.span.span_id !== span.span_id;
  shown = now;
  fill(now);
  if (isNew) {
    pane.scrollTop = 0;
  }
}

function factsOf(span, start) {
  const rows = [
    ["Start", offset(span.start_us - start)],
    ["Duration", duration(span)],
    ["Model", model(span)],
    ["Tokens", tokens([span])],
    ["Cost", cost([span])],
    ["Status", status(span)],
  ];
  return h("dl", { className: "span-facts" }, rows.map(([name, value]) => h("div", {}, h("dt", {}, name), h("dd", { className: name === "Status" && span.status === "ERROR" ? "bad" : null }, orUnknown(value)))));
}

function fill({ span, trace, panel }) {
  replace(panel, tab === "json" ? data(JSON.stringify(ofSpan(span)), "the span as JSON") : tab === "attributes" ? attributes(span, reason(span)) : messages(span, trace.spans));
  panel.setAttribute("aria-label", TABS.find(([name]) => name === tab)[1]);
}

function messages(span, spans) {
  return conversation(span, toolsOf(span, spans)) ?? [h("p", { className: "hint" }, `A span of the role "${role(span)}" has no messages of its own.`), attributes(span, reason(span))];
}

const reason = (span) => (span.private ? "left out: privacy mode" : null);

/** As it was received, but for what the console has added. */
function ofSpan(span) {
  const { private: _, ...received } = span;
  return received;
}
