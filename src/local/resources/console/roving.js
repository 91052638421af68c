// One tab stop for a group of elements; arrow keys, Home and End move within it.

/**
 * @param group holds the elements, and lives as long as the page
 * @param selector of the elements
 * @param arrived called with an element that a key has moved to
 */
export function roving(group, selector, arrived = () => {}, horizontal = false) {
  const [before, after] = horizontal ? ["ArrowLeft", "ArrowRight"] : ["ArrowUp", "ArrowDown"];
  group.addEventListener("focusin", (event) => {
    const element = event.target.closest(selector);
    if (element) {
      stopAt(group, selector, element);
    }
  });
  group.addEventListener("keydown", (event) => {
    const elements = [...group.querySelectorAll(selector)].filter((element) => element.checkVisibility());
    const at = elements.indexOf(document.activeElement);
    const to = { [before]: at - 1, [after]: at + 1, Home: 0, End: elements.length - 1 }[event.key];
    const next = at < 0 || to === undefined || event.ctrlKey || event.metaKey || event.altKey ? undefined : elements[Math.max(0, Math.min(to, elements.length - 1))];
    if (next) {
      event.preventDefault();
      next.focus();
      arrived(next);
    }
  });
}

/** Makes an element the group's tab stop. */
export function stopAt(group, selector, element) {
  for (const other of group.querySelectorAll(selector)) {
    other.tabIndex = other === element ? 0 : -1;
  }
}
