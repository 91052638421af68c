// Markdown as elements. What is not understood stays text. Nothing is loaded, and no link leads away: a link's address is
// shown beside its words, because text of a model may be made to send readers, or what they see, somewhere else.

import { h } from "./dom.js";

const FENCE = /^ {0,3}(```+|~~~+)\s*(\S*)\s*$/;
const HEADING = /^ {0,3}(#{1,6})\s+(.*?)\s*#*$/;
const RULE = /^ {0,3}([-*_])(\s*\1){2,}\s*$/;
const ITEM = /^(\s*)([-*+]|\d{1,9}[.)])\s+(.*)$/;
const QUOTE = /^ {0,3}> ?(.*)$/;
const TABLE_LINE = /^\s*\|?\s*:?-+:?\s*(\|\s*:?-+:?\s*)*\|?\s*$/;

const INLINE = [
  [/^(`+)([^`]|[^`][\s\S]*?[^`])\1(?!`)/, (m) => h("code", {}, m[2].trim() || m[2])],
  [/^\*\*(?=\S)([\s\S]*?\S)\*\*/, (m) => h("strong", {}, inline(m[1]))],
  [/^__(?=\S)([\s\S]*?\S)__(?!\w)/, (m, before) => (/\w$/.test(before) ? null : h("strong", {}, inline(m[1])))],
  [/^~~(?=\S)([\s\S]*?\S)~~/, (m) => h("del", {}, inline(m[1]))],
  [/^\*(?=[^\s*])([^*]*?[^\s*])\*(?!\*)/, (m) => h("em", {}, inline(m[1]))],
  [/^_(?=[^\s_])([^_]*?[^\s_])_(?!\w)/, (m, before) => (/\w$/.test(before) ? null : h("em", {}, inline(m[1])))],
  [/^!?\[([^\]]*)\]\(([^()\s]+)(?:\s+"[^"]*")?\)/, (m) => [h("span", { className: "md-link" }, inline(m[1])), " ", h("code", {}, m[2])]],
  [/^\\([\\`*_{}[\]()#+\-.!|~>])/, (m) => m[1]],
];

/** Elements for the text's blocks. */
export function markdown(text) {
  return blocks(text.split(/\r\n?|\n/));
}

function blocks(lines) {
  const out = [];
  let i = 0;
  while (i < lines.length) {
    const [element, next] = block(lines, i);
    if (element) {
      out.push(element);
    }
    i = next;
  }
  return out;
}

/** The block that starts at a line, and the line after it. */
function block(lines, i) {
  const line = lines[i];
  if (line.trim() === "") {
    return [null, i + 1];
  }
  const fence = FENCE.exec(line);
  if (fence) {
    const ends = (it) => it.trim().startsWith(fence[1]) && it.trim().replaceAll(fence[1][0], "") === "";
    const end = lines.findIndex((it, at) => at > i && ends(it));
    const until = end < 0 ? lines.length : end;
    return [h("pre", { tabindex: "0", dir: "ltr" }, h("code", {}, lines.slice(i + 1, until).join("\n"))), until + 1];
  }
  const heading = HEADING.exec(line);
  if (heading) {
    // Not a heading of the page: its outline is not the text's.
    return [h("p", { className: "md-heading md-" + heading[1].length, dir: "auto" }, inline(heading[2])), i + 1];
  }
  if (RULE.test(line)) {
    return [h("hr"), i + 1];
  }
  if (QUOTE.test(line)) {
    const end = after(lines, i, (it) => QUOTE.test(it));
    return [h("blockquote", { dir: "auto" }, blocks(lines.slice(i, end).map((it) => QUOTE.exec(it)[1]))), end];
  }
  if (ITEM.test(line)) {
    return list(lines, i);
  }
  if (line.includes("|") && TABLE_LINE.test(lines[i + 1] ?? "") && lines[i + 1].includes("|")) {
    const end = after(lines, i + 2, (it) => it.includes("|"));
    return [table(line, lines.slice(i + 2, end)), end];
  }
  const end = after(lines, i + 1, (it) => it.trim() !== "" && ![FENCE, HEADING, RULE, QUOTE, ITEM].some((start) => start.test(it)));
  return [h("p", { dir: "auto" }, inline(lines.slice(i, end).join("\n"))), end];
}

function after(lines, from, belongs) {
  let i = from;
  while (i < lines.length && belongs(lines[i])) {
    i++;
  }
  return i;
}

/** Lines that are indented deeper than an item's mark belong to the item. */
function list(lines, from) {
  const first = ITEM.exec(lines[from]);
  const indent = first[1].length;
  const isOrdered = /\d/.test(first[2]);
  const items = [];
  let i = from;
  while (i < lines.length) {
    const item = ITEM.exec(lines[i]);
    if (item && item[1].length <= indent && /\d/.test(item[2]) === isOrdered) {
      items.push([item[3]]);
    } else if (items.length > 0 && (lines[i].trim() === "" ? /^\s/.test(lines[i + 1] ?? "") : /^\s*/.exec(lines[i])[0].length > indent)) {
      items.at(-1).push(lines[i].slice(Math.min(indent + 2, /^\s*/.exec(lines[i])[0].length)));
    } else {
      break;
    }
    i++;
  }
  const element = h(isOrdered ? "ol" : "ul", isOrdered ? { start: parseInt(first[2], 10), dir: "auto" } : { dir: "auto" }, items.map((item) => h("li", { dir: "auto" }, itemOf(item))));
  return [element, i];
}

function itemOf(lines) {
  const inner = blocks(lines);
  return inner.length > 0 && inner[0].tagName === "P" && inner[0].className === "" ? [[...inner[0].childNodes], inner.slice(1)] : inner;
}

function table(head, rows) {
  const cells = (line) => line.trim().replace(/^\||\|$/g, "").split("|").map((cell) => cell.trim());
  return h(
    "div",
    { className: "scroll", tabindex: "0", role: "region", "aria-label": "Table" },
    h(
      "table",
      {},
      h("thead", {}, h("tr", {}, cells(head).map((cell) => h("th", { dir: "auto" }, inline(cell))))),
      h("tbody", {}, rows.map((row) => h("tr", {}, cells(row).map((cell) => h("td", { dir: "auto" }, inline(cell)))))),
    ),
  );
}

/** Texts and elements of one line or paragraph. */
function inline(text) {
  const out = [];
  let plain = "";
  let rest = text;
  while (rest !== "") {
    const found = /[`*_~!\[\\]/.test(rest[0]) ? first(rest, plain) : null;
    if (found) {
      out.push(plain, found.element);
      plain = "";
      rest = rest.slice(found.length);
    } else {
      const next = /[`*_~!\[\\]/.exec(rest.slice(1));
      const length = next ? next.index + 1 : rest.length;
      plain += rest.slice(0, length);
      rest = rest.slice(length);
    }
  }
  return [...out, plain];
}

function first(rest, before) {
  for (const [pattern, make] of INLINE) {
    const match = pattern.exec(rest);
    const element = match && make(match, before);
    if (element) {
      return { element, length: match[0].length };
    }
  }
  return null;
}
