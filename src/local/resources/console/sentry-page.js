// A conversation as Sentry shows it: its transcript, agents, models, tools, and what would be lost there.

import { h } from "./dom.js";
import { dollars, orUnknown } from "./format.js";
import { layOut } from "./json.js";
import { traceHash } from "./router.js";
import { faults, scrubbed } from "./sentry-faults.js";
import { table, transcript } from "./sentry-view.js";
import { raw } from "./text.js";

const ROLE_NAMES = { user: "User", assistant: "Assistant", embedding: "Embeddings" };

/** The transcript, the tables and the faults of a conversation's spans. */
export function sentryPage(spans) {
  const { rows, homeless } = transcript(spans);
  return [
    h(
      "div",
      { className: "chat", id: "transcript" },
      h("h3", {}, "Transcript"),
      rows.map(bubble),
      rows.length === 0 ? h("p", { className: "hint" }, "No row: no message, and no answer.") : null,
      homeless.length > 0
        ? h("div", { className: "bubble tool" }, h("header", {}, "In no turn: only the timeline shows these tools"), homeless.map(toolRow))
        : null,
    ),
    sentryTables(spans),
  ];
}

/** The agents, models and tools of spans, and what of them Sentry would lose. */
export const sentryTables = (spans) => [tables(spans), problems(spans)];

function bubble(row) {
  return h(
    "article",
    { className: `bubble ${row.role === "assistant" ? "assistant" : "user"}`, "data-row": row.role },
    h(
      "header",
      {},
      ROLE_NAMES[row.role],
      h("span", { className: "hint" }, " ", row.role === "user" ? "" : row.call.model ?? ""),
      h("a", { className: "link", href: traceHash({ id: row.call.span.trace_id, destination: row.call.span.destination }, row.call.span.span_id) }, "trace"),
    ),
    row.thought ? h("details", { className: "reasoning" }, h("summary", {}, "Thinking"), h("p", { dir: "auto" }, row.thought)) : null,
    (row.tools ?? []).map(toolRow),
    row.text ? textOf(row.text) : null,
  );
}

function toolRow(tool) {
  const args = tool.text("gen_ai.tool.call.arguments", "gen_ai.tool.input");
  const result = tool.text("gen_ai.tool.call.result", "gen_ai.tool.output");
  return h(
    "details",
    { className: "call" },
    h(
      "summary",
      {},
      h("code", {}, tool.text("gen_ai.tool.name") ?? "(none)"),
      h("span", { className: "hint" }, " ", args ? args.slice(0, 96) : ""),
      tool.failed ? h("span", { className: "chip bad" }, "failed") : null,
    ),
    result ? textOf(result) : h("p", { className: "hint" }, "No output"),
  );
}

const textOf = (text) => (/^\s*[[{]/.test(text) && !raw() ? h("pre", { tabindex: "0" }, layOut(text)) : h("p", { dir: "auto" }, text));

function tables(group) {
  const columns = (row) => [row.name, row.count, row.failed, orUnknown(row.tokens ? row.tokens.toLocaleString("en") : ""), orUnknown(row.cost ? dollars(row.cost) : ""), orUnknown(row.bytes || "")];
  return [
    ["Agents", "agent", (it) => it.agent, ["runs", "failed"]],
    ["Models", "ai_client", (it) => it.model, ["calls", "failed", "tokens", "cost"]],
    ["Tools", "tool", (it) => it.text("gen_ai.tool.name"), ["calls", "failed", null, null, "bytes out"]],
  ].map(([heading, type, name, titles]) => {
    const rows = table(group, type, name);
    return rows.length === 0
      ? null
      : h(
          "div",
          { className: "scroll", tabindex: "0", role: "region", "aria-label": heading },
          h(
            "table",
            {},
            h("thead", {}, h("tr", {}, [heading, ...titles].filter((title) => title !== null).map((title) => h("th", { scope: "col" }, title)))),
            h("tbody", {}, rows.map((row) => h("tr", {}, columns(row).slice(0, titles.length + 1).filter((_, i) => titles[i - 1] !== null).map((cell) => h("td", { dir: "auto" }, String(cell)))))),
          ),
        );
  });
}

function problems(group) {
  const lost = faults(group);
  const hidden = scrubbed(group);
  return h(
    "div",
    { className: "card", id: "view-faults" },
    h("h3", {}, "What Sentry would lose"),
    lost.length === 0
      ? h("p", {}, "Nothing: all of it is shown.")
      : h("ul", {}, lost.map(({ span, kind, why }) => h("li", {}, h("strong", {}, kind), ` ${span.span.name}: ${why}`))),
    hidden.length === 0
      ? null
      : h(
          "p",
          {},
          "Sentry's default data scrubbing hides the values of ",
          hidden.map((name) => [h("code", {}, name), " "]),
          "unless the project's settings (Security & Privacy, Safe Fields) list them, in single quotes.",
        ),
  );
}
