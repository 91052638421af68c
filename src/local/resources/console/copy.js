// A button that copies a text.

import { h } from "./dom.js";

/** @param text what is copied, or a function that makes it */
export function copyButton(text, what, label = "Copy") {
  const button = h("button", { type: "button", className: "copy", title: "Copy " + what, "aria-label": label + ": " + what }, label);
  button.addEventListener("click", async () => {
    try {
      await navigator.clipboard.writeText(typeof text === "function" ? text() : text);
      button.textContent = "Copied";
    } catch {
      // The browser allows it on 127.0.0.1 and localhost alone.
      button.textContent = "Not copied";
    }
    setTimeout(() => (button.textContent = label), 1500);
  });
  return button;
}
