// The parts of the page, and two questions a second for what is new.

import { $, h, replace, say } from "./dom.js";
import * as api from "./api.js";
import * as connection from "./connection.js";
import * as conversations from "./conversations.js";
import * as faults from "./faults.js";
import { counted } from "./format.js";
import * as messages from "./messages.js";
import { PARTS, announce, go, messageHash, onRoute, route, traceHash } from "./router.js";
import * as send from "./send.js";
import * as store from "./store.js";
import * as traceList from "./trace-list.js";
import * as traceView from "./trace-view.js";

const FAULTS = { "rate-limited": "429", forbidden: "403", broken: "500", slow: "slow answers", down: "no answer at all" };
const EVERY_MS = 500;
/** Of spans: a shorter answer is the last one for now. */
const FULL_ANSWER = 500;

let run = "";
let next = 0;
let nextNote = 0;
let isLoaded = false;
let part = null;

function showPart(to) {
  for (const name of Object.keys(PARTS)) {
    $("part-" + name).hidden = name !== to.part;
  }
  for (const link of document.querySelectorAll("nav a")) {
    if (link.getAttribute("href") === "#" + to.part) {
      link.setAttribute("aria-current", "page");
    } else {
      link.removeAttribute("aria-current");
    }
  }
  document.title = PARTS[to.part] + " · sentry-broadcast";
  document.body.dataset.part = to.part;
  if (part !== to.part) {
    part = to.part;
    $("main").scrollTop = 0;
  }
  if (to.part === "traces") {
    traceView.show(to, isLoaded);
  }
}

function notice(text, kind) {
  const box = $("notice");
  box.hidden = text === "";
  box.className = "notice " + kind;
  say(box, text);
}

async function look() {
  let wait = EVERY_MS;
  try {
    const { ok, answer } = await api.state(run, next, nextNote);
    if (!ok) {
      throw new Error();
    }
    if (answer.run !== run) {
      forget(answer.run);
    }
    next = answer.next;
    nextNote = answer.next_note;
    wait = answer.spans.length > 0 ? 200 : EVERY_MS;
    show(answer);
  } catch (error) {
    if (!(error instanceof TypeError) && error.message) {
      console.error(error);
    }
    notice("The local run does not answer: it has ended, or is being started. This page goes on by itself.", "bad");
  }
  setTimeout(look, wait);
}

function forget(newRun) {
  run = newRun;
  isLoaded = false;
  store.forget();
  traceList.forget();
  traceView.forget();
}

function show(state) {
  showQueue(state);
  showSentry(state.sentry);
  const changed = store.take(state.spans);
  store.takeNotes(state.notes);
  const wasLoaded = isLoaded;
  isLoaded ||= state.spans.length < FULL_ANSWER;
  if (changed.size > 0 || state.notes.length > 0 || !wasLoaded) {
    traceList.show();
    conversations.stale();
  }
  if (changed.size > 0) {
    traceView.update(changed, wasLoaded);
  }
  if (state.notes.length > 0) {
    traceView.updateNotes();
  }
  if (!wasLoaded) {
    openFirst();
  }
  messages.take(state.messages);
  send.follow(state);
  faults.show(state);
}

/** What the address names may have arrived with this answer. Where it names nothing, the newest trace is shown. */
function openFirst() {
  const newest = store.all()[0];
  if (location.hash === "" && newest && isLoaded && matchMedia("(min-width: 1200px)").matches) {
    go(traceHash(newest), true);
  } else if (route().part === "traces") {
    traceView.show(route(), isLoaded);
  }
  isLoaded &&= newest !== undefined || location.hash !== "";
}

function showQueue({ queue }) {
  const strip = [["waiting", queue.waiting, "#messages"], ["in flight", queue.in_flight, "#messages"], [queue.dead_letters === 1 ? "dead letter" : "dead letters", queue.dead_letters, "#messages"]];
  const text = JSON.stringify(strip);
  if ($("strip").dataset.shown !== text) {
    $("strip").dataset.shown = text;
    replace($("strip"), strip.map(([title, number]) => h("div", {}, h("dt", {}, title), h("dd", {}, number.toLocaleString("en")))));
  }
  const failed = messages.failed();
  const failure = $("failures");
  failure.hidden = !failed;
  if (failed) {
    failure.href = queue.dead_letters + queue.returned > 1 ? "#messages" : messageHash(failed.id);
    say(failure, queue.dead_letters > 0 ? counted(queue.dead_letters, "dead letter") : "a message came back");
  }
}

function showSentry(sentry) {
  $("traces-empty").dataset.waiting = sentry.stand_in
    ? "Waiting for the first trace… The samples of events/ are on their way."
    : `The spans go to ${sentry.host}: look there. Traces are shown here when the run is started without SENTRY_DSN.`;
  // Its values are allowed where the spans go to it.
  $("fill").hidden = !sentry.stand_in;
  if (!sentry.stand_in) {
    notice(sentry.where, "plain");
  } else {
    notice(sentry.fault === "none" ? "" : `Fault: Sentry gives ${FAULTS[sentry.fault]}. Mend it under Faults.`, "warn");
  }
}

document.querySelector(".skip").addEventListener("click", (event) => {
  // Not by its address, which says where the reader is.
  event.preventDefault();
  $("main").focus();
});
traceList.start();
conversations.start(store.allSpans);
messages.start((body) => {
  go("#send");
  send.editBody(body);
});
connection.start();
faults.start();
onRoute(showPart);
onRoute((to) => (to.trace || to.span) && traceView.focusOnNarrow());
announce();
send.start();
look();
