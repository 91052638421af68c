// Faults: what Sentry answers, and what becomes of every message meanwhile.

import { $, h, replace, say } from "./dom.js";
import * as api from "./api.js";

const KINDS = [
  ["none", "Everything is fine", "Sentry accepts, as its Relay does."],
  ["rate-limited", "429, with Retry-After", "The quota is used up. Messages are hidden for as long as Sentry asks, so that the wait uses up no receives."],
  ["forbidden", "403", "The key is refused. The function reads the secret again before it gives up."],
  ["broken", "500", "An error on Sentry's side. Tried again within the invocation, then the messages come back."],
  ["slow", "Slow", "Each answer takes two seconds."],
  ["down", "Down", "The connection is refused."],
];

export function start() {
  replace(
    $("fault-kinds"),
    KINDS.map(([kind, title, text]) =>
      h(
        "label",
        { className: "fault" },
        h("input", { type: "radio", name: "fault", value: kind, onchange: () => set(kind) }),
        h("span", {}, h("strong", {}, title), h("span", { className: "hint" }, text)),
      ),
    ),
  );
  document.querySelector("input[value=rate-limited]").closest("label").after(
    h(
      "label",
      { className: "retry-after hint" },
      "Retry-After, in seconds ",
      h("input", { id: "retry-after", type: "number", min: "1", max: "3600", value: "10", onchange: () => chosen() === "rate-limited" && set("rate-limited") }),
    ),
  );
  $("burst").addEventListener("click", burst);
  $("rotate").addEventListener("click", () => tell(api.rotate(), "A new key is in the secret, and Sentry refuses the old one from now on."));
  $("redrive").addEventListener("click", () => tell(api.redrive(), "Dead letters are on the queue again."));
}

const chosen = () => document.querySelector("input[name=fault]:checked")?.value;

const set = (kind) => tell(api.fault(kind, Number($("retry-after").value) || 10), "");

async function tell(call, text) {
  const { ok, answer } = await call;
  say($("fault-said"), ok ? text : answer.title ?? "It did not work.");
}

async function burst() {
  $("burst").disabled = true;
  for (let n = 1; n <= 5; n++) {
    const now = Date.now();
    const record = {
      id: `console-${now}-${n}`,
      model: "openai/gpt-4o-mini",
      started_at: now - 900,
      ended_at: now,
      messages: [{ role: "user", content: `Is anything lost, number ${n}?` }],
      choices: [{ finish_reason: "stop", message: { role: "assistant", content: "Nothing is." } }],
      usage: { prompt_tokens: 12 + n, completion_tokens: 3, cost: 0.00002 },
      trace: { trace_name: `Fault drill, record ${n}`, generation_name: `Record ${n}` },
    };
    const { ok, answer } = await api.send(JSON.stringify(record), `record ${n} of 5`);
    if (!ok) {
      say($("fault-said"), answer.title ?? "It was not sent.");
      break;
    }
  }
  $("burst").disabled = false;
}

export function show(state) {
  const { queue, sentry } = state;
  const counts = [
    ["Waiting", queue.waiting, "on the queue"],
    ["In flight", queue.in_flight, "being sent, or hidden until they are tried again"],
    ["Dead letters", queue.dead_letters, "in the dead-letter queue"],
    ["Delivered", queue.delivered, "accepted by Sentry, then deleted"],
    ["Came back", queue.returned, "times, to be tried again"],
  ];
  replace($("counts"), counts.map(([title, number, hint]) => h("div", { className: "count", "data-count": title }, h("span", { className: "big" }, String(number)), h("strong", {}, title), h("span", { className: "hint" }, hint))));
  const accounted = queue.delivered + queue.waiting + queue.in_flight + queue.dead_letters;
  $("sum").className = accounted === queue.sent ? "sum good" : "sum";
  say(
    $("sum"),
    `${queue.sent} sent = ${queue.delivered} delivered + ${queue.waiting + queue.in_flight} on the queue + ${queue.dead_letters} dead letter${queue.dead_letters === 1 ? "" : "s"}` +
      (accounted === queue.sent ? ": none is lost." : " (counting…)"),
  );
  $("fault-set").disabled = !sentry.stand_in;
  $("rotate").disabled = !sentry.stand_in;
  const radio = document.querySelector(`input[name=fault][value="${sentry.stand_in ? sentry.fault : "none"}"]`);
  if (radio && !radio.checked) {
    radio.checked = true;
  }
  say($("key-line"), `Key ${sentry.key} in version ${sentry.secret_versions} of the secret. Rotating puts a new key in and disables the old one at once: the harshest order.`);
}
