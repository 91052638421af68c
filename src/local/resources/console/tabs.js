// Tabs over one panel.

import { h } from "./dom.js";
import { roving, stopAt } from "./roving.js";

/**
 * @param tabs names and titles
 * @param choose called with the name of a tab that a person has chosen
 */
export function tabList(label, tabs, current, panelId, choose) {
  const list = h(
    "div",
    { role: "tablist", className: "tabs", "aria-label": label },
    tabs.map(([name, title]) =>
      h("button", { type: "button", role: "tab", "data-tab": name, "aria-selected": String(name === current), "aria-controls": panelId, tabindex: name === current ? "0" : "-1", onclick: () => choose(name) }, title),
    ),
  );
  roving(list, "[role=tab]", (tab) => choose(tab.dataset.tab), true);
  return list;
}

export function selectTab(list, name) {
  for (const tab of list.querySelectorAll("[role=tab]")) {
    tab.setAttribute("aria-selected", String(tab.dataset.tab === name));
  }
  stopAt(list, "[role=tab]", list.querySelector(`[data-tab="${name}"]`));
}
