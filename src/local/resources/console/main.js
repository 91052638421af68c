// The parts, and two questions per second for what is new.

import { $, h, replace, say } from "./dom.js";
import * as api from "./api.js";
import * as connection from "./connection.js";
import * as conversations from "./conversations.js";
import * as faults from "./faults.js";
import * as send from "./send.js";
import * as traces from "./traces.js";

const PARTS = { traces: "Traces", sentry: "As Sentry shows it", send: "Send a record", connection: "Test a connection", faults: "Faults" };
const FAULTS = { "rate-limited": "429", forbidden: "403", broken: "500", slow: "slow answers", down: "no answer at all" };
const EVERY_MS = 500;

let run = "";
let next = 0;

function showPart() {
  const wanted = location.hash.slice(1);
  if (wanted === "main") {
    return;
  }
  const part = wanted in PARTS ? wanted : "traces";
  for (const name of Object.keys(PARTS)) {
    $("part-" + name).hidden = name !== part;
  }
  for (const link of document.querySelectorAll("nav a")) {
    if (link.getAttribute("href") === "#" + part) {
      link.setAttribute("aria-current", "page");
    } else {
      link.removeAttribute("aria-current");
    }
  }
  document.title = PARTS[part] + " · sentry-broadcast";
  scrollTo(0, 0);
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
    const { ok, answer } = await api.state(run, next);
    if (!ok) {
      throw new Error();
    }
    if (answer.run !== run) {
      traces.forget();
      conversations.take([]);
      run = answer.run;
    }
    next = answer.next;
    if (answer.spans.length > 0) {
      wait = 200;
    }
    show(answer);
  } catch (error) {
    if (!(error instanceof TypeError) && error.message) {
      console.error(error);
    }
    notice("The local run does not answer: it has ended, or is being started. This page goes on by itself.", "bad");
  }
  setTimeout(look, wait);
}

function show(state) {
  const { queue, sentry } = state;
  const strip = [["waiting", queue.waiting], ["in flight", queue.in_flight], [queue.dead_letters === 1 ? "dead letter" : "dead letters", queue.dead_letters]];
  replace($("strip"), strip.map(([title, number]) => h("div", {}, h("dt", {}, title), h("dd", {}, String(number)))));
  $("traces-empty").dataset.waiting = sentry.stand_in
    ? "Waiting for the first trace… The samples of events/ are on their way."
    : `The spans go to ${sentry.host}: look there. Traces are shown here when the run is started without SENTRY_DSN.`;
  // Its values are allowed where the spans go to it.
  $("fill").hidden = !sentry.stand_in;
  if (!sentry.stand_in) {
    notice(`The spans go to ${sentry.host}.`, "plain");
  } else {
    notice(sentry.fault === "none" ? "" : `Fault: Sentry gives ${FAULTS[sentry.fault]}. Mend it under Faults.`, "warn");
  }
  traces.take(state.spans);
  if (state.spans.length > 0) {
    conversations.take(traces.allSpans());
  }
  traces.showList();
  send.follow(state);
  faults.show(state);
}

addEventListener("hashchange", showPart);
traces.start();
conversations.start((span) => {
  location.hash = "traces";
  traces.select(traces.keyOf(span), true);
});
connection.start();
faults.start();
showPart();
send.start();
look();
