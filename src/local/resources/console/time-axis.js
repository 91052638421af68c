// The part of a trace's time that is in view, and its marks.

import { length } from "./format.js";

const NARROWEST_US = 100;

/** From and to are microseconds, as are the bounds. */
export class TimeAxis {
  constructor(start, end) {
    this.bounds(start, end);
    this.fit();
  }

  /** New bounds; a view of the whole stays one. */
  bounds(start, end) {
    const isWhole = this.from === undefined || this.isWhole();
    this.start = start;
    this.end = Math.max(end, start + NARROWEST_US);
    if (isWhole) {
      this.fit();
    }
  }

  isWhole() {
    return this.from <= this.start && this.to >= this.end;
  }

  fit() {
    [this.from, this.to] = [this.start, this.end];
  }

  view(from, to) {
    const width = Math.min(Math.max(to - from, NARROWEST_US), this.end - this.start);
    this.from = Math.min(Math.max(from, this.start), this.end - width);
    this.to = this.from + width;
  }

  /** Around a time, which keeps its place. */
  zoom(factor, around = (this.from + this.to) / 2) {
    const at = Math.min(Math.max(around, this.from), this.to);
    this.view(at - (at - this.from) * factor, at + (this.to - at) * factor);
  }

  /** In per cent of the view. */
  place(us) {
    return ((us - this.from) / (this.to - this.from)) * 100;
  }

  timeAt(share) {
    return this.from + share * (this.to - this.from);
  }

  /** At most so many round times after the trace's start, with their texts. */
  ticks(most) {
    const width = this.to - this.from;
    const power = 10 ** Math.floor(Math.log10(width / most));
    const step = [1, 2, 5, 10].map((it) => it * power).find((it) => width / it <= most);
    const first = Math.ceil((this.from - this.start) / step) * step;
    const marks = [];
    for (let at = first; at <= this.to - this.start; at += step) {
      marks.push({ at: this.place(this.start + at), text: at === 0 ? "0" : short(at) });
    }
    return marks;
  }
}

const short = (us) => length(us).replace(/(\.\d*?)0+ /, "$1 ").replace(". ", " ");
