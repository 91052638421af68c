// Reads spans as JSON lines and writes, by the console's own rules: "transcripts", or "faults" as source, span and kind.

import { readFileSync } from "node:fs";
import { faults, scrubbed } from "./sentry-faults.js";
import { conversations, stored, transcript } from "./sentry-view.js";

const spans = readFileSync(0, "utf8")
  .split("\n")
  .filter((line) => line !== "")
  .map((line) => JSON.parse(line))
  .map((span) => stored({ ...span, destination: span.source, start_us: Math.floor(span.start / 1000), end_us: Math.floor(span.end / 1000) }));

const short = (text) => {
  const line = text.split(/\s+/).filter((word) => word !== "").join(" ");
  return line.length > 110 ? line.slice(0, 110) + "…" : line;
};

const plain = (number) =>
  number !== 0 && Math.abs(number) < 1e-4 ? number.toExponential(5).replace(/\.?0*e-(\d)$/, "e-0$1") : String(Number(number.toPrecision(6)));

const REPORTS = {
  transcripts: () =>
    conversations(spans).flatMap((it) => {
      const { rows, homeless } = transcript(it.spans);
      return [
        `Conversation ${it.key}: ${it.title}`,
        `  ${it.user ?? "—"}: ${it.calls} LLM calls, ${it.errors} errors, ${plain(it.tokens)} tokens, ${plain(it.cost)} USD`,
        ...rows.map(
          (row) =>
            `  ${row.role}:${(row.tools ?? []).map((tool) => ` [${tool.text("gen_ai.tool.name")}]`).join("")}` +
            `${row.thought ? ` (thinking: ${short(row.thought)})` : ""} ${short(row.text)}`,
        ),
        ...homeless.map((tool) => `  in the timeline alone: ${tool.text("gen_ai.tool.name")}`),
      ];
    }),
  faults: () => faults(spans).map(({ span, kind }) => `${span.span.source} ${span.id} ${kind}`),
  scrubbed: () => scrubbed(spans),
};

console.log(REPORTS[process.argv[2]]().join("\n"));
