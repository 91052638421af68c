// What Sentry's AI views show of spans: how spans count, and the transcript of a conversation.

import { FILTERED, NO_VALUE, UNREPORTED, answer, shown } from "./sentry-messages.js";

export const INPUT = "gen_ai.input.messages";
export const OUTPUT = "gen_ai.output.messages";
export const SYSTEM = "gen_ai.system_instructions";
export const RESULT = "gen_ai.tool.call.result";
export const EMBEDDED = "gen_ai.embeddings.input";
export const CONVERSATION = "gen_ai.conversation.id";
export const OPERATION = "gen_ai.operation.name";
export const USAGE = "gen_ai.usage.";
export const COST = "gen_ai.cost.total_tokens";

const TYPES = { invoke_agent: "agent", create_agent: "agent", execute_tool: "tool", handoff: "handoff" };

/** Deprecated names, with the names under which Sentry stores them. */
export const RENAMED = {
  "gen_ai.system": "gen_ai.provider.name",
  "gen_ai.prompt": INPUT,
  "gen_ai.request.messages": INPUT,
  "gen_ai.response.text": OUTPUT,
  "gen_ai.tool.input": "gen_ai.tool.call.arguments",
  "gen_ai.tool.output": RESULT,
  "gen_ai.request.available_tools": "gen_ai.tool.definitions",
  [USAGE + "input_tokens.cached"]: USAGE + "cache_read.input_tokens",
  [USAGE + "input_tokens.cache_write"]: USAGE + "cache_creation.input_tokens",
  [USAGE + "output_tokens.reasoning"]: USAGE + "reasoning.output_tokens",
};

/** A span as Sentry stores it: older names renamed, its type, model and total of tokens computed. */
export function stored(span) {
  const a = {};
  for (const [old, name] of Object.entries(RENAMED)) {
    if (old in span.attributes) {
      a[name] = span.attributes[old];
    }
  }
  Object.assign(a, span.attributes);
  const op = String(a["sentry.op"] ?? "");
  const isAi = OPERATION in a || op.startsWith("gen_ai.") || op.startsWith("ai.");
  const type = isAi ? TYPES[String(a[OPERATION] ?? op).replace(/^gen_ai\./, "")] ?? "ai_client" : null;
  const text = (...names) => names.map((name) => a[name]).find((value) => typeof value === "string" && value !== "");
  const number = (name) => (typeof a[name] === "number" ? a[name] : 0);
  const counted = USAGE + "input_tokens" in a || USAGE + "output_tokens" in a;
  const embeds = op === "gen_ai.embeddings" || a[OPERATION] === "embeddings" || text(EMBEDDED) !== undefined;
  return {
    span, a, type, text, number,
    id: span.span_id,
    start: span.start_us,
    end: span.end_us,
    failed: span.status === "ERROR",
    isTurn: type === "ai_client" && !embeds,
    model: text("gen_ai.response.model", "gen_ai.request.model"),
    tokens: counted ? number(USAGE + "input_tokens") + number(USAGE + "output_tokens") : number(USAGE + "total_tokens"),
    agent: text("gen_ai.agent.name", "gen_ai.function_id"),
  };
}

/** Spans with the same conversation id at the same destination, where one of them is an AI span. */
export function conversations(spans) {
  const groups = new Map();
  for (const it of spans) {
    const id = it.text(CONVERSATION);
    if (id !== undefined) {
      const key = `${it.span.destination}|${id}`;
      groups.set(key, [...(groups.get(key) ?? []), it]);
    }
  }
  return [...groups]
    .filter(([, group]) => group.some((it) => it.type !== null))
    .map(([key, group]) => ({ key, id: group[0].text(CONVERSATION), spans: group, ...totals(group), title: title(group) }));
}

/** Sums over model calls alone; errors over all spans, as Sentry counts them. */
export function totals(spans) {
  const calls = spans.filter((it) => it.type === "ai_client");
  return {
    calls: calls.length,
    errors: spans.filter((it) => it.failed).length,
    tokens: calls.reduce((sum, it) => sum + it.tokens, 0),
    cost: calls.reduce((sum, it) => sum + it.number(COST), 0),
    agents: [...new Set(spans.filter((it) => it.type === "agent" && it.agent).map((it) => it.agent))],
    user: spans.map((it) => it.text("user.email", "user.name", "user.ip_address", "user.id")).find((user) => user),
  };
}

/** Rows of a table: how many spans of a type have a name, how many of them failed, what they cost. */
export function table(spans, type, name) {
  const rows = new Map();
  for (const it of spans.filter((span) => span.type === type)) {
    const key = name(it) ?? "(none)";
    const row = rows.get(key) ?? { name: key, count: 0, failed: 0, tokens: 0, cost: 0, bytes: 0 };
    rows.set(key, row);
    row.count++;
    row.failed += it.failed ? 1 : 0;
    row.tokens += it.tokens;
    row.cost += it.number(COST);
    row.bytes += new TextEncoder().encode(it.text(RESULT) ?? "").length;
  }
  return [...rows.values()].sort((a, b) => b.count - a.count);
}

/** The first words of the first user message; where a model writes the titles, it reads the same text. */
export function title(spans) {
  for (const it of byTime(spans, "start")) {
    for (const { role, content } of shown(it.a[INPUT])) {
      const said = typeof content === "string" ? content : JSON.stringify(content);
      const all = said.split(/\s+/).filter((word) => word !== "");
      if (role === "user" && said !== FILTERED && all.length > 0) {
        return (all.slice(0, 12).join(" ") + (all.length > 12 ? "..." : "")).replace(/^["'` ]+|["'` ]+$/g, "").slice(0, 256);
      }
    }
  }
  return "Untitled conversation";
}

const byTime = (spans, key) => [...spans].sort((a, b) => a[key] - b[key]);
const isBlank = (text) => typeof text !== "string" || text.trim() === "";

/** The last message of the user: it opens a turn. */
function asked(call) {
  const said = call.a[INPUT] === FILTERED ? FILTERED : shown(call.a[INPUT]).filter(({ role }) => role === "user").at(-1)?.content;
  return isBlank(said) ? null : said;
}

function turnsOf(spans, tools) {
  let before = 0;
  return byTime(spans.filter((it) => it.isTurn), "end").map((call) => {
    const history = shown(call.a[INPUT]).map(({ role }) => role).filter((role) => role !== "system");
    const out = answer(call.a[OUTPUT]);
    const text = call.a[OUTPUT] === FILTERED ? FILTERED : out.text || out.reasoning || out.calls.length > 0 ? out.text : call.text("gen_ai.response.object");
    const turn = {
      call,
      user: asked(call),
      hasHistory: history.length > 1,
      count: history.filter((role) => role === "user").length,
      text: isBlank(text) ? null : text,
      thought: isBlank(out.reasoning) ? null : out.reasoning,
      tools: tools.filter((tool) => before < tool.end && tool.end < call.end),
    };
    before = call.end;
    return turn;
  });
}

/** The rows of a conversation, and the tool spans that are in no turn. */
export function transcript(spans) {
  const tools = byTime(spans.filter((it) => it.type === "tool"), "end");
  const found = turnsOf(spans, tools);
  const homeless = tools.filter((tool) => !found.some((turn) => turn.tools.includes(tool)));
  const turns = found.some((turn) => turn.user || turn.text || turn.thought) ? merged(found) : placeholders(found, spans);
  const rows = [];
  const questions = new Set();
  const said = new Set();
  let most = 0;
  const isAlwaysDrawn = (text) => [FILTERED, NO_VALUE, UNREPORTED].includes(text);
  for (const turn of turns) {
    const grew = turn.count > most;
    most = Math.max(most, turn.count);
    if (turn.user && (isAlwaysDrawn(turn.user) || !turn.hasHistory || grew || !questions.has(turn.user))) {
      questions.add(turn.user);
      rows.push({ time: turn.call.start, role: "user", text: turn.user, call: turn.call });
    }
    const ran = turn.tools.filter((tool) => tool.text("gen_ai.tool.name"));
    // An answer that was given before is not drawn again.
    const isNew = turn.text && (isAlwaysDrawn(turn.text) || !said.has(turn.text));
    if (ran.length > 0 || turn.thought || isNew) {
      said.add(turn.text);
      const time = Math.max(turn.call.end, ...turn.tools.map((tool) => tool.end));
      rows.push({ time, role: "assistant", text: turn.text ?? "", thought: turn.thought, tools: ran, call: turn.call });
    }
  }
  for (const it of byTime(spans.filter((span) => span.type && span.text(EMBEDDED)), "end")) {
    rows.push({ time: it.end, role: "embedding", text: it.text(EMBEDDED), call: it });
  }
  return { rows: byTime(rows, "time"), homeless };
}

/** A turn that says nothing hands its tools to the next; what is left over goes to the last. */
function merged(turns) {
  const out = [];
  let waiting = [];
  for (const turn of turns) {
    waiting = [...waiting, ...turn.tools];
    if (turn.text || turn.thought || (waiting.length === 0 && turn.user)) {
      out.push({ ...turn, tools: waiting });
      waiting = [];
    } else if (turn.user) {
      out.push({ ...turn, tools: [] });
    }
  }
  const last = out.at(-1);
  return last ? [...out.slice(0, -1), { ...last, tools: [...last.tools, ...waiting] }] : out;
}

/** Without any content: a question and an answer for each agent's run. */
function placeholders(turns, spans) {
  const byId = new Map(spans.filter((it) => it.type).map((it) => [it.id, it]));
  const runs = new Map();
  for (const turn of turns) {
    let above = byId.get(turn.call.span.parent_span_id);
    while (above && above.type !== "agent") {
      above = byId.get(above.span.parent_span_id);
    }
    runs.set(above?.id, [...(runs.get(above?.id) ?? []), turn]);
    turn.thought = turn.call.number(USAGE + "reasoning.output_tokens") > 0 ? UNREPORTED : null;
  }
  for (const run of runs.values()) {
    run[0].user = run[0].call.number(USAGE + "input_tokens") > 0 ? UNREPORTED : null;
    run.at(-1).text = UNREPORTED;
  }
  return turns;
}
