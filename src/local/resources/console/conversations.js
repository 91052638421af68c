// As Sentry shows it: conversations with their transcripts, agents, models, tools, and what would be lost there.

import { $, h, replace } from "./dom.js";
import { faults, scrubbed } from "./sentry-faults.js";
import { conversations, stored, table, totals, transcript } from "./sentry-view.js";
import { layOut } from "./spans.js";

const ALL = "";
const ROLE_NAMES = { user: "User", assistant: "Assistant", embedding: "Embeddings" };

let spans = [];
let chosen = null;
let openTrace = () => {};

/** @param open shows a span's trace */
export function start(open) {
  openTrace = open;
  show();
}

/** Shows these spans, each once, in place of those before. */
export function take(received) {
  spans = received.map(stored);
  show();
}

const money = (cost) => (cost ? "$" + cost.toLocaleString("en", { maximumSignificantDigits: 3 }) : "");
const counted = (number, one, many = one + "s") => `${number.toLocaleString("en")} ${number === 1 ? one : many}`;

function show() {
  const found = conversations(spans).reverse();
  const current = found.find((it) => it.key === chosen) ?? (chosen === ALL ? undefined : found[0]);
  const focused = document.activeElement?.dataset?.conversation;
  const all = { ...totals(spans), key: ALL, title: "All spans", spans, user: undefined };
  replace($("conversation-list"), [all, ...found].map((it) => h("li", {}, item(it, it.key === (current?.key ?? ALL)))));
  replace($("conversation-detail"), current ? conversation(current) : everything());
  if (focused !== undefined) {
    [...document.querySelectorAll("[data-conversation]")].find((it) => it.dataset.conversation === focused)?.focus();
  }
}

function item(it, isCurrent) {
  const select = () => {
    chosen = it.key;
    show();
    if (!matchMedia("(min-width: 900px)").matches) {
      $("conversation-detail").scrollIntoView();
    }
  };
  return h(
    "button",
    { type: "button", "data-conversation": it.key, "aria-current": isCurrent ? "true" : null, onclick: select },
    h("span", { className: "row" }, h("strong", {}, it.title), chips(it)),
    facts(it),
  );
}

const facts = (it, ...more) =>
  h(
    "span",
    { className: "row facts" },
    [it.user, counted(it.calls, "LLM call"), it.tokens ? counted(it.tokens, "token") : "", money(it.cost), ...more].filter((fact) => fact).map((fact) => h("span", {}, fact)),
  );

function chips(it) {
  const lost = faults(it.spans).length;
  const { private: isPrivate, destination } = it.key === ALL ? {} : it.spans[0].span;
  return h(
    "span",
    { className: "chips" },
    isPrivate ? h("span", { className: "chip private" }, "privacy mode") : null,
    destination && destination !== "default" && !isPrivate ? h("span", { className: "chip" }, destination) : null,
    it.errors ? h("span", { className: "chip bad" }, counted(it.errors, "error")) : null,
    lost ? h("span", { className: "chip warn" }, counted(lost, "fault")) : null,
  );
}

function conversation(it) {
  const { rows, homeless } = transcript(it.spans);
  return [
    h("h2", {}, it.title, " ", chips(it)),
    facts(it, it.agents.length > 0 ? "agents: " + it.agents.join(", ") : ""),
    h("p", { className: "id" }, it.id),
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
    tables(it.spans),
    problems(it.spans),
  ];
}

const everything = () => [h("h2", {}, "All spans"), tables(spans), problems(spans)];

function bubble(row) {
  return h(
    "article",
    { className: `bubble ${row.role === "assistant" ? "assistant" : "user"}`, "data-row": row.role },
    h(
      "header",
      {},
      ROLE_NAMES[row.role],
      h("span", { className: "hint" }, " ", row.role === "user" ? "" : row.call.model ?? ""),
      h("button", { type: "button", className: "link", onclick: () => openTrace(row.call.span) }, "trace"),
    ),
    row.thought ? h("details", { className: "reasoning" }, h("summary", {}, "Thinking"), h("p", {}, row.thought)) : null,
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

const textOf = (text) => (/^\s*[[{]/.test(text) ? h("pre", { tabindex: "0" }, layOut(text)) : h("p", {}, text));

function tables(group) {
  const columns = (row) => [row.name, row.count, row.failed || "", row.tokens ? row.tokens.toLocaleString("en") : "", money(row.cost), row.bytes || ""];
  return [
    ["Agents", "agent", (it) => it.agent, ["runs", "failed"]],
    ["Models", "ai_client", (it) => it.model, ["calls", "failed", "tokens", "cost"]],
    ["Tools", "tool", (it) => it.text("gen_ai.tool.name"), ["calls", "failed", "", "", "bytes out"]],
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
            h("thead", {}, h("tr", {}, [heading, ...titles].map((title) => h("th", {}, title)))),
            h("tbody", {}, rows.map((row) => h("tr", {}, columns(row).slice(0, titles.length + 1).map((cell) => h("td", {}, String(cell)))))),
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
