// Times, tokens, cost and status as text. What is not known is an empty text, never a zero.

import { isCall } from "./spans.js";

export const UNKNOWN = "–";

/** For a cell that must not be empty. */
export const orUnknown = (text) => (text === "" || text === null || text === undefined ? UNKNOWN : String(text));

/** Of microseconds. A span of no length has times that nobody measured. */
export function length(us) {
  const ms = us / 1000;
  if (!(ms > 0)) {
    return "";
  }
  if (ms < 1000) {
    return `${ms < 10 ? Number(ms.toFixed(2)) : Math.round(ms)} ms`;
  }
  return ms < 100_000 ? `${(ms / 1000).toFixed(2)} s` : ms < 6_000_000 ? `${Math.round(ms / 1000)} s` : `${(ms / 3_600_000).toFixed(1)} h`;
}

export const duration = (span) => length(span.end_us - span.start_us);

/** When a span starts, after its trace did. */
export const offset = (us) => "+" + (length(us) || "0");

export const counted = (number, one, many = one + "s") => `${number.toLocaleString("en")} ${number === 1 ? one : many}`;

/** Tokens in and out of these spans together. */
export function tokens(spans) {
  const [input, output] = ["gen_ai.usage.input_tokens", "gen_ai.usage.output_tokens"].map((name) => sum(spans, name));
  if (input === null && output === null) {
    return "";
  }
  return [input, output].map((number) => (number === null ? UNKNOWN : number.toLocaleString("en"))).join(" → ");
}

export const cost = (spans) => dollars(sum(spans, "gen_ai.cost.total_tokens"));

export function dollars(amount) {
  if (amount === null || amount === undefined) {
    return "";
  }
  return amount > 0 && amount < 1e-6 ? "<$0.000001" : "$" + amount.toLocaleString("en", { maximumSignificantDigits: 3, maximumFractionDigits: 6, roundingPriority: "lessPrecision" });
}

/** Null where no span has the attribute as a number. */
export function sum(spans, name) {
  const numbers = spans.map((span) => span.attributes[name]).filter((value) => typeof value === "number");
  return numbers.length === 0 ? null : numbers.reduce((total, number) => total + number, 0);
}

export function status(span) {
  if (span.status === "ERROR") {
    return String(span.attributes["error.type"] ?? "error");
  }
  return span.attributes["broadcast.cancelled"] === true ? "cancelled" : "ok";
}

/** The date and time of microseconds since 1970, on this machine's clock. */
export const clock = (us) => new Date(us / 1000).toLocaleString("en-GB", { dateStyle: "medium", timeStyle: "medium" });

export const time = (us) => new Date(us / 1000).toLocaleTimeString("en-GB");

/** Of a trace: its model calls alone count, for wrappers repeat their sums. */
export const facts = (spans, start, end) => {
  const calls = spans.filter(isCall);
  return { duration: length(end - start), tokens: tokens(calls), cost: cost(calls) };
};
