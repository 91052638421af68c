// The conversations of the received spans: all records of a session, or the session as Sentry shows it.

import { $, h, keeper, reconcile, replace } from "./dom.js";
import { copyButton } from "./copy.js";
import { counted, dollars } from "./format.js";
import { conversationHash, go, onRoute, route } from "./router.js";
import { roving } from "./roving.js";
import { faults } from "./sentry-faults.js";
import { sentryPage, sentryTables } from "./sentry-page.js";
import { conversations, stored, totals } from "./sentry-view.js";
import { SessionView } from "./session-view.js";
import { selectTab, tabList } from "./tabs.js";

const LINK = "[data-conversation]";
const ALL = { destination: "*", id: "all" };
const VIEWS = [["records", "All records"], ["sentry", "As Sentry shows it"]];

let source = () => [];
let isStale = true;
let found = [];
let everything = null;
let shown = { key: null, view: null, signature: null };
let session = null;

/** @param spans gives all spans that were received */
export function start(spans) {
  source = spans;
  roving($("conversation-list"), LINK);
  onRoute((to) => to.part === "conversations" && show(to));
}

/** New spans are counted once somebody looks. */
export function stale() {
  isStale = true;
  if (route().part === "conversations") {
    show(route());
  }
}

const keyOf = ({ destination, id }) => `${destination}|${id}`;

function show(to) {
  if (isStale) {
    const spans = source().map(stored);
    found = conversations(spans).reverse().map((it) => ({ ...it, destination: it.spans[0].span.destination, lost: faults(it.spans).length }));
    everything = { ...totals(spans), ...ALL, key: keyOf(ALL), title: "All spans", spans, user: undefined, lost: faults(spans).length };
    isStale = false;
  }
  const isWide = matchMedia("(min-width: 900px)").matches;
  const current = [everything, ...found].find((it) => to.conversation && it.key === keyOf(to.conversation)) ?? (isWide && !to.conversation ? found[0] ?? everything : null);
  document.body.classList.toggle("conversation-open", Boolean(to.conversation));
  reconcile($("conversation-list"), [everything, ...found].map((it) => itemOf(it.key, { ...listed(it), isCurrent: it === current, view: shown.view })));
  if (current) {
    draw(current, to.view ?? shown.view ?? "records");
  } else {
    shown = { key: null, view: shown.view, signature: null };
    replace($("conversation-detail"), h("p", { className: "empty" }, to.conversation ? "This run has no such conversation." : "Choose a conversation."));
  }
}

/** What the list shows of a conversation. */
function listed(it) {
  const { private: isPrivate, destination } = it === everything ? {} : it.spans[0].span;
  const { key, id, title, user, calls, tokens, cost, errors, lost } = it;
  return { key, id, title, user, calls, tokens, cost, errors, lost, isPrivate, destination: destination ?? ALL.destination };
}

const itemOf = keeper((it) =>
  h(
    "li",
    {},
    h(
      "a",
      { href: conversationHash(it, it.view), "data-conversation": it.key, "aria-current": it.isCurrent ? "true" : null, tabindex: it.isCurrent ? "0" : "-1" },
      h("span", { className: "row" }, h("strong", { dir: "auto" }, it.title), chips(it)),
      facts(it),
    ),
  ),
);

const facts = (it, ...more) =>
  h(
    "span",
    { className: "row facts" },
    [it.user, counted(it.calls, "LLM call"), it.tokens ? counted(it.tokens, "token") : "", it.cost ? dollars(it.cost) : "", ...more].filter((fact) => fact).map((fact) => h("span", {}, fact)),
  );

const chips = ({ isPrivate, destination, errors, lost }) =>
  h(
    "span",
    { className: "chips" },
    isPrivate ? h("span", { className: "chip private" }, "privacy mode") : null,
    ["default", ALL.destination].includes(destination) || isPrivate ? null : h("span", { className: "chip" }, destination),
    errors ? h("span", { className: "chip bad" }, counted(errors, "error")) : null,
    lost ? h("span", { className: "chip warn" }, counted(lost, "fault")) : null,
  );

/** What is shown already stays in its place, unless there is more of it. */
function draw(it, wanted) {
  const view = it === everything ? "sentry" : wanted;
  const signature = it.spans.map(({ span }) => span.span_id + span.end_us + span.status).join();
  const isSame = shown.key === it.key && shown.view === view;
  if (isSame && shown.signature === signature) {
    return;
  }
  const pane = $("conversation-detail");
  const { scrollTop } = pane;
  if (!isSame) {
    session = new SessionView();
  }
  const tabs = tabList("The conversation's view", VIEWS, view, "conversation-panel", (name) => (go(conversationHash(it, name), true), $("conversation-detail").querySelector("[aria-selected=true]")?.focus()));
  const panel = isSame && view === "records" ? $("conversation-panel") : h("div", { id: "conversation-panel", role: "tabpanel", "aria-label": view === "sentry" ? "As Sentry shows it" : "All records", tabindex: "-1" });
  if (view === "records") {
    reconcile(panel, session.elements(it.spans.map(({ span }) => span)));
  } else {
    replace(panel, it === everything ? sentryTables(it.spans) : sentryPage(it.spans));
  }
  shown = { key: it.key, view, signature };
  replace(
    pane,
    h(
      "div",
      { className: "pane-head" },
      h("a", { className: "back", href: "#conversations" }, "‹ All conversations"),
      h("h2", { tabindex: "-1", dir: "auto" }, it.title, " ", chips(listed(it))),
      facts(it, it.agents.length > 0 ? "agents: " + it.agents.join(", ") : ""),
      it === everything ? null : h("p", { className: "id" }, h("code", {}, it.id), copyButton(it.id, "the conversation's id")),
      it === everything ? null : h("div", { className: "bar" }, tabs),
    ),
    panel,
  );
  selectTab(tabs, view);
  pane.scrollTop = isSame ? scrollTop : 0;
}
