// The messages of the queue: where each is, how often it was received, and of one that came back its body and the reasons.

import { $, h, keeper, reconcile, replace, say } from "./dom.js";
import * as api from "./api.js";
import { copyButton } from "./copy.js";
import { counted } from "./format.js";
import { sentences } from "./notes.js";
import { messageHash, onRoute, route, traceHash } from "./router.js";
import { roving } from "./roving.js";
import { data } from "./text.js";

const LINK = "[data-message]";
const KINDS = { delivered: "good", "dead letter": "bad", "came back": "warn" };

let latest = [];
let shown = "";
let edit = () => {};

/** @param editIt opens a body in the editor */
export function start(editIt) {
  edit = editIt;
  roving($("message-list"), LINK);
  $("message-state").addEventListener("change", list);
  onRoute((to) => to.part === "messages" && open(to.message));
}

/** Takes the newest messages of a state. */
export function take(messages) {
  latest = messages;
  list();
  const { part, message } = route();
  if (part === "messages" && message) {
    open(message);
  }
}

/** Where a message that has failed can be looked at. */
export const failed = () => latest.find(({ state }) => state === "dead letter" || state === "came back");

function list() {
  const wanted = $("message-state").value;
  const found = latest.filter(({ state }) => wanted === "" || (wanted === "failed" ? state !== "delivered" && state !== "queued" : state === wanted));
  const open = route().message;
  reconcile($("message-list"), found.map((message, i) => itemOf(message.id, { ...message, isOpen: open === message.id, isStop: open ? open === message.id : i === 0 })));
  say($("message-count"), wanted === "" ? counted(latest.length, "message") : `${found.length} of ${counted(latest.length, "message")}`);
}

const itemOf = keeper((message) =>
  h(
    "li",
    {},
    h(
      "a",
      { href: messageHash(message.id), "data-message": message.id, "aria-current": message.isOpen ? "true" : null, tabindex: message.isStop ? "0" : "-1" },
      h("span", { className: "row" }, h("strong", { dir: "auto" }, message.label), chip(message.state)),
      h("span", { className: "row facts" }, h("span", {}, message.id.slice(0, 8)), h("span", {}, counted(message.receives, "receive")), message.reason ? h("span", { dir: "auto" }, message.reason) : null),
    ),
  ),
);

const chip = (state) => h("span", { className: "chip " + (KINDS[state] ?? "") }, state);

/** Drawn again only where the message has changed. */
async function open(id) {
  document.body.classList.toggle("message-open", Boolean(id));
  const pane = $("message-detail");
  if (!id) {
    shown = "";
    list();
    replace(pane, h("p", { className: "empty" }, "Choose a message."));
    return;
  }
  const known = latest.find((message) => message.id === id);
  const signature = JSON.stringify(known ?? id);
  if (shown === signature) {
    return;
  }
  shown = signature;
  list();
  const { ok, answer } = await api.message(id);
  if (shown !== signature) {
    return;
  }
  if (!ok) {
    // The run may not have read it yet: the next state asks again.
    shown = known ? signature : "";
    replace(pane, h("a", { className: "back", href: "#messages" }, "‹ All messages"), h("p", { className: "empty" }, answer.title));
    return;
  }
  replace(pane, drawn(answer));
}

function drawn(message) {
  const notes = sentences(message);
  return [
    h("a", { className: "back", href: "#messages" }, "‹ All messages"),
    h("h2", { tabindex: "-1", dir: "auto" }, message.label, " ", chip(message.state)),
    h("p", { className: "facts" }, h("span", {}, counted(message.receives, "receive"))),
    h("p", { className: "id" }, h("code", {}, message.id), copyButton(message.id, "the message's id")),
    message.reasons.length === 0
      ? null
      : h("div", { className: "card problem", id: "reasons" }, h("h3", {}, "Why it came back"), h("ol", {}, message.reasons.map(({ receive, reason }) => h("li", { value: receive, dir: "auto" }, reason || "see the function's log")))),
    message.traces.length === 0 ? null : h("p", { id: "message-traces" }, "Its traces: ", message.traces.map(({ id, destination }) => [h("a", { href: traceHash({ id, destination: destination || "default" }) }, id), " "])),
    notes.length === 0 ? null : h("ul", { className: "warnings" }, notes.map((note) => h("li", {}, note))),
    h("h3", {}, "Body"),
    message.body === undefined
      ? h("p", { className: "hint" }, "It is kept of the newest messages alone.")
      : [h("div", { className: "bar" }, h("button", { type: "button", id: "edit-body", onclick: () => edit(message.body) }, "Open in the editor")), data(message.body, "the body")],
  ];
}
