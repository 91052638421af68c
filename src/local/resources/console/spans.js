// What spans are: their roles, their trees, and the content that privacy mode leaves out.

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

/** Depth first, with depths and how many spans are below; a span whose parent is elsewhere is a root. */
export function tree(spans) {
  const byId = new Map(spans.map((span) => [span.span_id, span]));
  const children = new Map();
  const roots = [];
  for (const span of [...spans].sort((a, b) => a.start_us - b.start_us)) {
    const isRoot = !byId.has(span.parent_span_id) || isOwnAncestor(span, byId);
    (isRoot ? roots : children.get(span.parent_span_id) ?? put(children, span.parent_span_id)).push(span);
  }
  const rows = [];
  const add = (span, depth, parent) => {
    const row = { span, depth, parent, below: 0 };
    const at = rows.push(row) - 1;
    (children.get(span.span_id) ?? []).forEach((child) => add(child, depth + 1, row));
    row.below = rows.length - at - 1;
  };
  roots.forEach((span) => add(span, 0, null));
  return rows;
}

function put(map, key) {
  const list = [];
  map.set(key, list);
  return list;
}

/** Parents in a circle would be in no tree. */
function isOwnAncestor(span, byId) {
  const seen = new Set();
  let at = byId.get(span.parent_span_id);
  while (at && at !== span && !seen.has(at)) {
    seen.add(at);
    at = byId.get(at.parent_span_id);
  }
  return at === span;
}

export const model = (span) => span.attributes["gen_ai.response.model"] ?? span.attributes["gen_ai.request.model"] ?? "";
