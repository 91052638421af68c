// Test a connection: the form, and each check of the real HTTP function.

import { $, h, replace } from "./dom.js";
import * as api from "./api.js";

const MARKS = { passed: "✓", failed: "✗", warning: "!", skipped: "–" };
const TITLES = {
  dsn: "The DSN",
  endpoint: "The endpoint",
  agreement: "Both agree",
  reach: "It can be reached",
  accept: "Sentry accepts the key",
  sample: "A sample span",
};

export function start() {
  $("fill-good").addEventListener("click", () => fill("dsn"));
  $("fill-refused").addEventListener("click", () => fill("refused_dsn"));
  $("connection-form").addEventListener("submit", (event) => {
    event.preventDefault();
    run(() => api.testConnection({ ...candidate(), send_sample: $("send-sample").checked }));
  });
  $("save").addEventListener("click", () => {
    const chosen = rules();
    if (!chosen) {
      replace($("connection-result"), problem({ title: "The rules are not a JSON object." }));
      return;
    }
    run(() =>
      api.saveDestination($("destination").value.trim(), {
        ...candidate(),
        privacy_mode: $("privacy").checked,
        issues: $("issues").checked,
        sampling_rate: Number($("sampling-rate").value),
        ...chosen,
      }),
    );
  });
}

// No rules are none: those of an earlier save do not stay.
function rules() {
  try {
    const given = JSON.parse($("rules").value.trim() || "{}");
    return given && typeof given === "object" && !Array.isArray(given) ? { filter: null, keep: null, producers: null, ...given } : null;
  } catch {
    return null;
  }
}

const candidate = () => ({ endpoint: $("endpoint").value.trim(), dsn: $("dsn").value.trim() });

async function fill(which) {
  const { answer } = await api.connection();
  $("endpoint").value = answer.endpoint;
  $("dsn").value = answer[which];
}

async function run(call) {
  const buttons = [$("test"), $("save")];
  buttons.forEach((button) => (button.disabled = true));
  replace(
    $("connection-result"),
    h("p", { className: "busy" }, "Testing… Sentry answers 200 before it has looked a key up, so this watches it for about four seconds."),
  );
  const { answer } = await call();
  buttons.forEach((button) => (button.disabled = false));
  replace($("connection-result"), answer.checks ? report(answer) : problem(answer));
}

function problem(answer) {
  return h(
    "div",
    { className: "problem" },
    h("strong", {}, answer.title ?? "No answer."),
    answer.field ? h("p", {}, h("code", {}, answer.field), answer.detail ? `: ${answer.detail}` : "") : answer.detail ? h("p", {}, answer.detail) : null,
  );
}

function report(answer) {
  const verdict = { passed: "Passed", failed: "Failed", inconclusive: "Inconclusive" }[answer.status] ?? answer.status;
  const outcome = answer.saved
    ? ` Saved as ${answer.destination}: send a record with "destination": "${answer.destination}".`
    : answer.unchanged
      ? ` ${answer.destination} was like this already.`
      : answer.destination
        ? " Not saved."
        : "";
  const facts = [
    answer.endpoint_host && "host " + answer.endpoint_host,
    answer.project_id && "project " + answer.project_id,
    answer.latency_ms !== null && answer.latency_ms !== undefined && answer.latency_ms + " ms",
    answer.sample && "sample trace " + answer.sample.trace_id,
  ];
  return h(
    "div",
    { className: "card report " + answer.status },
    h("h2", {}, verdict + "."),
    outcome ? h("p", { id: "outcome" }, outcome.trim()) : null,
    h("p", { className: "facts" }, facts.filter((fact) => fact).map((fact) => h("span", {}, fact))),
    h(
      "ol",
      { className: "checks" },
      answer.checks.map((check) =>
        h(
          "li",
          { className: check.status, "data-check": check.name },
          h("span", { className: "mark", "aria-hidden": "true" }, MARKS[check.status] ?? "?"),
          h(
            "div",
            {},
            h("strong", {}, TITLES[check.name] ?? check.name),
            h("span", { className: "hint" }, " " + check.status),
            h("p", {}, check.seen),
            check.action ? h("p", { className: "action" }, "→ " + check.action) : null,
          ),
        ),
      ),
    ),
  );
}
