// A text of a record: drawn as Markdown or as it came, folded when it is long, with a button to copy it.

import { h, replace } from "./dom.js";
import { copyButton } from "./copy.js";
import { layOut, looksLikeJson } from "./json.js";
import { markdown } from "./markdown.js";

const FOLD_CHARS = 1200;
const FOLD_LINES = 24;

let isRaw = false;

export const raw = () => isRaw;

export function setRaw(value) {
  isRaw = value;
}

/** Words of a person or a model. */
export function prose(text, what = "this text") {
  const draw = isRaw ? (part) => h("pre", { dir: "auto", tabindex: "0" }, part) : (part) => h("div", { className: "prose" }, markdown(part));
  return folded(text, draw, text, what);
}

/** What a program reads: JSON laid out, other text as it is. */
export function data(text, what = "this value") {
  const shown = !isRaw && looksLikeJson(text) ? layOut(text) : text;
  return folded(shown, (part) => h("pre", { dir: looksLikeJson(text) ? "ltr" : "auto", tabindex: "0" }, part), text, what);
}

/** Only what is unfolded is made into elements: a text may have a megabyte. */
function folded(text, draw, copied, what) {
  const end = cut(text);
  const copy = copyButton(copied, what);
  if (end === text.length) {
    return h("div", { className: "text" }, draw(text), copy);
  }
  const box = h("div", { className: "text" });
  const show = (whole) => {
    const toggle = h(
      "button",
      { type: "button", className: "fold", "aria-expanded": String(whole), onclick: () => (show(!whole), box.querySelector(".fold").focus({ preventScroll: !whole })) },
      whole ? "Show less" : `Show all ${text.length.toLocaleString("en")} characters`,
    );
    replace(box, draw(whole ? text : text.slice(0, end) + " …"), copy, toggle);
  };
  show(false);
  return box;
}

/** Where a text is folded; its length where it is not. */
function cut(text) {
  let end = -1;
  for (let line = 0; line < FOLD_LINES; line++) {
    end = text.indexOf("\n", end + 1);
    if (end < 0) {
      break;
    }
  }
  const limit = Math.min(end < 0 ? text.length : end, FOLD_CHARS);
  // A few more are shown rather than folded.
  if (text.length - limit < 200 && (end < 0 || text.indexOf("\n", end + 1) < 0)) {
    return text.length;
  }
  return limit;
}
