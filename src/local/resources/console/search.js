// Finds spans by what they are called, what they hold, their ids and their status.

import { looksLikeJson, parse } from "./json.js";
import { role } from "./spans.js";
import { status } from "./format.js";

/** All texts of a span in lower case: names, ids, status, values, and what stands inside of JSON, without its escapes. */
export function textsOf(span) {
  const found = [span.name, span.trace_id, span.span_id, span.parent_span_id, span.destination, role(span), status(span), span.status_message];
  for (const [name, value] of Object.entries(span.attributes)) {
    found.push(name, String(value));
    if (typeof value === "string" && looksLikeJson(value)) {
      strings(parse(value), found);
    }
  }
  return found.join("\n").toLowerCase();
}

function strings(value, found) {
  if (typeof value === "string") {
    found.push(value);
  } else if (value !== null && typeof value === "object") {
    Object.values(value).forEach((inner) => strings(inner, found));
  }
}

/** Whether a text in lower case holds each word of a query. Words in double quotes stay together. */
export function matcher(query) {
  const wanted = (query.toLowerCase().match(/"[^"]+"|\S+/g) ?? []).map((word) => word.replace(/^"(.+)"$/, "$1"));
  return (text) => wanted.every((word) => text.includes(word));
}
