// The time column of a waterfall: its marks, its bars, and which part of the time is in view.

import { h, replace } from "./dom.js";
import { TimeAxis } from "./time-axis.js";

export class TimeColumn {
  /** @param bars gives {span, bar} for each row */
  constructor(bars) {
    this.bars = bars;
    this.axis = null;
    this.head = h("span", { className: "axis", role: "columnheader", "aria-label": "Time", title: "Drag to zoom" });
    const button = (id, title, text, act) => h("button", { type: "button", id, title, "aria-label": /\w/.test(text) ? `${text}: ${title}` : title, onclick: act }, text);
    this.out = button("zoom-out", "Zoom out", "−", () => this.zoom(2));
    this.whole = button("zoom-fit", "Show the whole time", "Fit", () => this.fit());
    this.controls = h("span", { className: "group", role: "group", "aria-label": "Zoom" }, button("zoom-in", "Zoom in", "+", () => this.zoom(0.5)), this.out, button("zoom-span", "Zoom to the span", "Span", () => this.zoomToSpan()), this.whole);
    this.listenToDragging();
  }

  bounds(start, end) {
    if (this.axis) {
      this.axis.bounds(start, end);
    } else {
      this.axis = new TimeAxis(start, end);
    }
  }

  /** What zooming keeps in its place. */
  focus(span) {
    this.span = span;
  }

  draw() {
    replace(this.head, this.axis.ticks(4).map(({ at, text }) => {
      const mark = h("span", { className: at > 75 ? "tick last" : "tick" }, text);
      // Set through the object model: the page's policy has no inline styles.
      mark.style.left = at + "%";
      return mark;
    }));
    for (const { span, bar } of this.bars()) {
      const [start, end] = [this.axis.place(span.start_us), this.axis.place(span.end_us)];
      const [from, to] = [start, end].map((at) => Math.min(100, Math.max(0, at)));
      bar.hidden = end < 0 || start > 100;
      bar.style.left = Math.min(from, 99.4) + "%";
      bar.style.width = Math.max(0.6, to - from) + "%";
    }
    this.out.disabled = this.whole.disabled = this.axis.isWhole();
  }

  zoom(factor) {
    this.axis.zoom(factor, this.span ? (this.span.start_us + this.span.end_us) / 2 : undefined);
    this.draw();
  }

  zoomToSpan() {
    if (this.span) {
      const margin = Math.max(this.span.end_us - this.span.start_us, 1000) * 0.05;
      this.axis.view(this.span.start_us - margin, this.span.end_us + margin);
      this.draw();
    }
  }

  fit() {
    this.axis.fit();
    this.draw();
  }

  listenToDragging() {
    const share = (event) => {
      const box = this.head.getBoundingClientRect();
      return Math.min(1, Math.max(0, (event.clientX - box.left) / box.width));
    };
    let from = null;
    this.head.addEventListener("pointerdown", (event) => {
      from = share(event);
      this.head.setPointerCapture(event.pointerId);
    });
    this.head.addEventListener("pointerup", (event) => {
      const [left, right] = [from, share(event)].sort((a, b) => a - b);
      if (from !== null && right - left > 0.02) {
        this.axis.view(this.axis.timeAt(left), this.axis.timeAt(right));
        this.draw();
      }
      from = null;
    });
  }
}
