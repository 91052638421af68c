// One span as a row of the waterfall.

import { h } from "./dom.js";
import { cost, counted, duration, offset, orUnknown, status, tokens } from "./format.js";
import { role } from "./spans.js";

const DEEPEST_INDENT = 12;

/**
 * @param shown whether the row is collapsed, whether it is selected, and its offset in microseconds
 * @param on what to do: toggle, choose, zoom
 * @returns {element, bar}
 */
export function rowElement({ span, depth, below }, shown, on) {
  const twist = h("button", { type: "button", className: "twist", tabindex: "-1", "aria-label": shown.isCollapsed ? "Expand" : "Collapse", hidden: below === 0, onclick: (event) => (event.stopPropagation(), on.toggle()) }, shown.isCollapsed ? "▸" : "▾");
  const bar = h("span", { className: "span-bar " + (span.status === "ERROR" ? "bad" : role(span)) });
  const cell = (name, text, className = "num") => h("span", { role: "gridcell", className: `${className} col-${name.toLowerCase()}`, "data-head": name }, text);
  const name = h(
    "span",
    { role: "gridcell", className: "span-name" },
    twist,
    h("span", { className: "words" }, h("span", { className: "role " + role(span) }, role(span)), " ", h("span", { className: "name", dir: "auto" }, span.name), shown.isCollapsed ? h("span", { className: "chip" }, counted(below, "span") + " inside") : null),
  );
  // Set through the object model: the page's policy has no inline styles.
  name.style.setProperty("--depth", Math.min(depth, DEEPEST_INDENT));
  const element = h(
    "div",
    {
      role: "row", className: "wf-row", "data-span": span.span_id, tabindex: "-1",
      "aria-level": String(depth + 1), "aria-selected": String(shown.isSelected), "aria-expanded": below > 0 ? String(!shown.isCollapsed) : null,
      onclick: on.choose, ondblclick: on.zoom,
    },
    name,
    h("span", { role: "gridcell", className: "span-lane" }, bar),
    cell("Start", offset(shown.offset)),
    cell("Duration", orUnknown(duration(span))),
    cell("Tokens", orUnknown(tokens([span]))),
    cell("Cost", orUnknown(cost([span]))),
    cell("Status", status(span), span.status === "ERROR" ? "state bad" : "state"),
  );
  return { element, bar };
}
