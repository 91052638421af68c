// All records of a session, oldest first: what each was given that is new, what it answered, and the tools that were run.

import { h } from "./dom.js";
import { answered, bubbleOf, given, silent, toolResult } from "./bubbles.js";
import { clock, cost, duration, orUnknown, status, tokens } from "./format.js";
import { traceHash } from "./router.js";
import { isCall, model, role } from "./spans.js";

/** Keeps the elements of records that have not changed: what is read stays where it is. */
export class SessionView {
  constructor() {
    this.known = new Map();
  }

  /** One element for each model call, and one for each tool. */
  elements(spans) {
    const said = new Set();
    return spans
      .filter((span) => isCall(span) || role(span) === "tool")
      .sort((a, b) => a.start_us - b.start_us || a.end_us - b.end_us)
      .map((span) => (isCall(span) ? this.call(span, said) : this.once(span, "", () => h("section", { className: "record tool", "aria-label": span.name }, toolResult(span), link(span)))));
  }

  /** A history is sent again with each call: only what was not said before is shown. */
  call(span, said) {
    const before = given(span);
    const fresh = before.filter((message) => !said.has(keyOf(message)));
    const answers = answered(span);
    [...before, ...answers].forEach((message) => said.add(keyOf(message)));
    return this.once(span, String(fresh.length), () =>
      h(
        "section",
        { className: "record", "aria-label": span.name },
        h("h3", { dir: "auto" }, span.name, " ", h("span", { className: "hint" }, clock(span.start_us)), link(span)),
        h("p", { className: "facts" }, [orUnknown(model(span)), orUnknown(duration(span)), orUnknown(tokens([span])) + " tokens", orUnknown(cost([span])), status(span)].map((fact) => h("span", {}, fact))),
        fresh.length < before.length ? h("p", { className: "hint" }, `${before.length - fresh.length} messages of before were sent again`) : null,
        [...fresh, ...answers].map(bubbleOf),
        before.length + answers.length === 0 ? silent(span) : null,
        span.status === "ERROR" ? h("p", { className: "error-line", dir: "auto" }, "Failed: ", span.status_message || status(span)) : null,
      ),
    );
  }

  once(span, more, make) {
    const signature = JSON.stringify([span, more]);
    const known = this.known.get(span.span_id);
    if (known?.signature === signature) {
      return known.element;
    }
    const element = make();
    this.known.set(span.span_id, { element, signature });
    return element;
  }
}

const link = (span) => h("a", { className: "link", href: traceHash({ id: span.trace_id, destination: span.destination }, span.span_id) }, "trace");

/** The same words in the same role: an answer comes back with the next call as part of its history. */
const keyOf = (message) => JSON.stringify([message.role, message.parts.map((part) => (part && typeof part === "object" ? [part.type, part.content ?? part.arguments ?? part.response ?? part.result, part.name] : part))]);
