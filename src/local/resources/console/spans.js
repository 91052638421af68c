// What spans are: their trees, their texts, and what stands where privacy mode left content out.

const CONTENT_OF = {
  generation: [
    "gen_ai.system_instructions",
    "gen_ai.input.messages",
    "gen_ai.output.messages",
    "gen_ai.tool.definitions",
  ],
  embeddings: ["gen_ai.embeddings.input"],
  tool: ["gen_ai.tool.description", "gen_ai.tool.call.arguments", "gen_ai.tool.call.result"],
};

export function role(span) {
  const op = String(span.attributes["sentry.op"] ?? "");
  if (op === "gen_ai.invoke_agent") {
    return "agent";
  }
  if (op === "gen_ai.execute_tool") {
    return "tool";
  }
  if (op === "gen_ai.embeddings") {
    return "embeddings";
  }
  if (op.startsWith("gen_ai.")) {
    return "generation";
  }
  return op === "http.client" ? "attempt" : "step";
}

export const isCall = (span) => ["generation", "embeddings"].includes(role(span));

/** The content attributes that this span could have and does not. */
export function absentContent(span) {
  return (CONTENT_OF[role(span)] ?? []).filter((name) => !(name in span.attributes));
}

/** Depth first, with depths; a span whose parent is elsewhere is a root. */
export function tree(spans) {
  const ids = new Set(spans.map((span) => span.span_id));
  const byStart = (a, b) => a.start_us - b.start_us;
  const rows = [];
  const add = (span, depth) => {
    rows.push({ span, depth });
    spans.filter((child) => child.parent_span_id === span.span_id).sort(byStart).forEach((child) => add(child, depth + 1));
  };
  spans.filter((span) => !ids.has(span.parent_span_id)).sort(byStart).forEach((span) => add(span, 0));
  return rows;
}

/** The spans of OTLP/JSON, in the form in which the console's own come. */
export function fromOtlp(otlp) {
  const spans = [];
  for (const resourceSpans of otlp.resourceSpans ?? []) {
    for (const scopeSpans of resourceSpans.scopeSpans ?? []) {
      for (const span of scopeSpans.spans ?? []) {
        spans.push({
          trace_id: span.traceId,
          span_id: span.spanId,
          parent_span_id: span.parentSpanId ?? "",
          name: span.name,
          status: { 1: "OK", 2: "ERROR" }[span.status?.code] ?? "UNSET",
          status_message: span.status?.message ?? "",
          start_us: Number(span.startTimeUnixNano) / 1000,
          end_us: Number(span.endTimeUnixNano) / 1000,
          attributes: values(span.attributes),
          resource: values(resourceSpans.resource?.attributes),
        });
      }
    }
  }
  return spans;
}

function values(attributes) {
  const all = {};
  for (const { key, value } of attributes ?? []) {
    all[key] =
      value.stringValue ?? value.boolValue ?? value.doubleValue ??
      (value.intValue === undefined ? JSON.stringify(value) : Number(value.intValue));
  }
  return all;
}

export const model = (span) => span.attributes["gen_ai.response.model"] ?? span.attributes["gen_ai.request.model"] ?? "";

export function duration(span) {
  const ms = (span.end_us - span.start_us) / 1000;
  if (ms <= 0) {
    return "0 ms";
  }
  return ms < 1000 ? `${ms < 10 ? ms.toFixed(1) : Math.round(ms)} ms` : `${(ms / 1000).toFixed(ms < 100000 ? 2 : 0)} s`;
}

export function tokens(spans) {
  const sum = (name) => spans.reduce((total, span) => total + (Number(span.attributes[name]) || 0), 0);
  const has = spans.some((span) => "gen_ai.usage.input_tokens" in span.attributes || "gen_ai.usage.output_tokens" in span.attributes);
  return has ? `${sum("gen_ai.usage.input_tokens").toLocaleString("en")} → ${sum("gen_ai.usage.output_tokens").toLocaleString("en")}` : "";
}

export function cost(spans) {
  const priced = spans.filter((span) => "gen_ai.cost.total_tokens" in span.attributes);
  const total = priced.reduce((sum, span) => sum + Number(span.attributes["gen_ai.cost.total_tokens"]), 0);
  return priced.length === 0 ? "" : "$" + total.toLocaleString("en", { maximumSignificantDigits: 3 });
}

export function status(span) {
  if (span.status === "ERROR") {
    return String(span.attributes["error.type"] ?? "error");
  }
  return span.attributes["broadcast.cancelled"] === true ? "cancelled" : "ok";
}

/** JSON laid out in lines, without reading numbers: a time in nanoseconds has more digits than one of ours. */
export function layOut(json) {
  let out = "";
  let depth = 0;
  const line = () => "\n" + "  ".repeat(depth);
  for (const token of json.match(/"(?:[^"\\]|\\.)*"|[[\]{},:]|[^\s[\]{},:"]+/g) ?? []) {
    if (token === "{" || token === "[") {
      depth++;
      out += token + line();
    } else if (token === "}" || token === "]") {
      depth--;
      out = /[[{]\s*$/.test(out) ? out.trimEnd() + token : out + line() + token;
    } else if (token === ",") {
      out += token + line();
    } else {
      out += token === ":" ? ": " : token;
    }
  }
  return out;
}
