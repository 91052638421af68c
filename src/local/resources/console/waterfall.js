// The spans of a trace as rows of a tree beside a time axis, with columns, zoom, collapse and find.

import { h, reconcile, say } from "./dom.js";
import { stopAt } from "./roving.js";
import { matcher } from "./search.js";
import { TimeColumn } from "./time-column.js";
import { rowElement } from "./waterfall-row.js";

const HEADS = ["Span", "", "Start", "Duration", "Tokens", "Cost", "Status"];

/** One trace's waterfall. */
export class Waterfall {
  /** @param choose called with a span's id and how a person came there: "click", "move" by a key, or "find" */
  constructor(choose) {
    this.choose = choose;
    this.collapsed = new Set();
    this.elements = new Map();
    this.selected = null;
    this.rows = [];
    this.found = [];
    this.times = new TimeColumn(() => [...this.elements.values()].map(({ row, bar }) => ({ span: row.span, bar })));
    this.head = h("div", { className: "wf-head", role: "row" }, HEADS.map((title) => (title === "" ? this.times.head : h("span", { role: "columnheader", className: "col-" + title.toLowerCase() }, title))));
    this.grid = h("div", { className: "waterfall", role: "treegrid", "aria-label": "Spans", id: "waterfall" }, this.head);
    this.grid.addEventListener("keydown", (event) => this.key(event));
    this.find = h("input", { type: "search", id: "find", placeholder: "Find in this trace", "aria-label": "Find in this trace", "aria-describedby": "found" });
    this.find.addEventListener("input", () => this.mark());
    this.find.addEventListener("keydown", (event) => event.key === "Enter" && (event.preventDefault(), this.next(event.shiftKey ? -1 : 1)));
    const button = (id, title, text, act) => h("button", { type: "button", id, title, "aria-label": title, onclick: act }, text);
    this.element = h(
      "div",
      { className: "waterfall-box" },
      h(
        "div",
        { className: "bar tools" },
        this.find,
        h("span", { id: "found", className: "hint", role: "status" }),
        button("previous", "Previous match", "↑", () => this.next(-1)),
        button("next", "Next match", "↓", () => this.next(1)),
        this.times.controls,
        h("button", { type: "button", id: "collapse", onclick: () => this.collapseAll() }, "Collapse"),
      ),
      h("div", { className: "waterfall-scroll" }, this.grid),
    );
  }

  /** Takes a trace's summary; what is in view stays where it is. */
  update(all, texts) {
    this.rows = all.rows;
    this.texts = texts;
    this.times.bounds(all.start, all.end);
    this.draw();
    this.mark();
  }

  /** Marks a span as chosen, and brings it into view. */
  select(id) {
    this.selected = id;
    const row = this.rows.find(({ span }) => span.span_id === id);
    this.times.focus(row?.span);
    let hidden = false;
    for (let above = row?.parent; above; above = above.parent) {
      hidden = this.collapsed.delete(above.span.span_id) || hidden;
    }
    if (hidden) {
      this.draw();
    }
    for (const { span } of this.rows) {
      this.elements.get(span.span_id)?.element.setAttribute("aria-selected", String(span.span_id === id));
    }
    const element = this.elements.get(id)?.element;
    if (element) {
      stopAt(this.grid, "[data-span]", element);
      element.scrollIntoView({ block: "nearest" });
    }
  }

  isHidden(row) {
    return row.parent !== null && (this.collapsed.has(row.parent.span.span_id) || this.isHidden(row.parent));
  }

  draw() {
    const scroller = this.grid.parentElement;
    const place = () => this.elements.get(this.selected)?.element.offsetTop ?? 0;
    const before = place();
    const shown = this.rows.filter((row) => !this.isHidden(row));
    reconcile(this.grid, [this.head, ...shown.map((row) => this.row(row))]);
    if (!this.grid.querySelector("[data-span][tabindex='0']")) {
      this.grid.querySelector("[data-span]")?.setAttribute("tabindex", "0");
    }
    if (before > 0 && place() > 0) {
      scroller.scrollTop += place() - before;
    }
    this.times.draw();
    const parents = this.rows.filter((row) => row.below > 0);
    say(this.element.querySelector("#collapse"), parents.length > 0 && parents.every(({ span }) => this.collapsed.has(span.span_id)) ? "Expand" : "Collapse");
  }

  /** The row's element, made anew only where the row has changed. */
  row(row) {
    const id = row.span.span_id;
    const shown = { isCollapsed: this.collapsed.has(id), isSelected: id === this.selected, offset: row.span.start_us - this.times.axis.start };
    const signature = JSON.stringify([row.span, row.depth, row.below, shown.isCollapsed, shown.offset]);
    const known = this.elements.get(id);
    if (known?.signature === signature) {
      known.row = row;
      return known.element;
    }
    const made = { ...rowElement(row, shown, { toggle: () => this.toggle(id), choose: () => this.choose(id, "click"), zoom: () => this.times.zoomToSpan() }), signature, row };
    if (known) {
      made.element.tabIndex = known.element.tabIndex;
    }
    this.elements.set(id, made);
    return made.element;
  }

  toggle(id) {
    if (!this.collapsed.delete(id)) {
      this.collapsed.add(id);
    }
    const focused = document.activeElement?.closest("[data-span]")?.dataset.span;
    this.draw();
    this.mark();
    this.elements.get(focused)?.element.focus({ preventScroll: true });
  }

  collapseAll() {
    const parents = this.rows.filter((row) => row.below > 0).map(({ span }) => span.span_id);
    const expand = parents.every((id) => this.collapsed.has(id));
    this.collapsed = new Set(expand ? [] : parents);
    this.draw();
    this.mark();
  }

  /** Marks what is searched for, hidden rows as well, and says how many there are. */
  mark() {
    const matches = matcher(this.find.value);
    const isAsked = this.find.value.trim() !== "";
    this.found = isAsked ? this.rows.filter(({ span }) => matches(this.texts.get(span.span_id))).map(({ span }) => span.span_id) : [];
    const ids = new Set(this.found);
    for (const [id, { element }] of this.elements) {
      element.classList.toggle("match", ids.has(id));
    }
    const count = this.element.querySelector("#found");
    say(count, isAsked ? `${this.found.length} of ${this.rows.length}` : "");
    for (const id of ["previous", "next"]) {
      this.element.querySelector("#" + id).disabled = this.found.length === 0;
    }
  }

  next(step) {
    if (this.found.length > 0) {
      const at = this.found.indexOf(this.selected);
      const to = at < 0 ? (step > 0 ? 0 : this.found.length - 1) : (at + step + this.found.length) % this.found.length;
      this.choose(this.found[to], "find");
    }
  }

  key(event) {
    const id = document.activeElement?.dataset?.span;
    if (id === undefined || event.ctrlKey || event.metaKey || event.altKey) {
      return;
    }
    const shown = this.rows.filter((row) => !this.isHidden(row));
    const at = shown.findIndex(({ span }) => span.span_id === id);
    const row = shown[at];
    const isOpen = row.below > 0 && !this.collapsed.has(id);
    const moves = {
      ArrowDown: () => shown[at + 1],
      ArrowUp: () => shown[at - 1],
      Home: () => shown[0],
      End: () => shown.at(-1),
      ArrowRight: () => (isOpen ? shown[at + 1] : row.below > 0 ? this.toggle(id) : undefined),
      ArrowLeft: () => (isOpen ? this.toggle(id) : row.parent),
      Enter: () => this.choose(id, "click"),
      " ": () => this.choose(id, "click"),
      "+": () => this.times.zoom(0.5),
      "-": () => this.times.zoom(2),
      0: () => this.times.fit(),
    };
    if (event.key in moves) {
      event.preventDefault();
      const to = moves[event.key]();
      if (to?.span) {
        this.elements.get(to.span.span_id).element.focus();
        this.choose(to.span.span_id, "move");
      }
    }
  }
}
