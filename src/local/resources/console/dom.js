// Builds elements. Text is always text: nothing here, or anywhere on the page, parses markup.

export const $ = (id) => document.getElementById(id);

const isNothing = (child) => child === null || child === undefined || child === false || child === "";

/** An element with properties (on… listeners, className, attributes) and children. */
export function h(tag, properties, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(properties ?? {})) {
    if (value === undefined || value === null || value === false) {
      continue;
    }
    if (name.startsWith("on")) {
      element.addEventListener(name.slice(2), value);
    } else {
      element.setAttribute(name === "className" ? "class" : name, value === true ? "" : value);
    }
  }
  element.append(...children.flat(Infinity).filter((child) => !isNothing(child)));
  return element;
}

export function replace(parent, ...children) {
  parent.replaceChildren(...children.flat(Infinity).filter((child) => !isNothing(child)));
}

/** Makes these elements the parent's children. Those that stay are not touched: they keep focus and scroll position. */
export function reconcile(parent, wanted) {
  const stays = new Set(wanted);
  for (const child of [...parent.children]) {
    if (!stays.has(child)) {
      child.remove();
    }
  }
  let at = parent.firstElementChild;
  for (const element of wanted) {
    if (element === at) {
      at = at.nextElementSibling;
    } else {
      parent.insertBefore(element, at);
    }
  }
}

/** Makes the elements of a list, each anew only where what it shows has changed: one that stays keeps the focus. */
export function keeper(make) {
  const known = new Map();
  return (key, shown) => {
    const signature = JSON.stringify(shown);
    if (known.get(key)?.signature !== signature) {
      known.set(key, { signature, element: make(shown) });
    }
    return known.get(key).element;
  };
}

/** Sets the text only where it changed: a live region would be read again. */
export function say(element, text) {
  if (element.textContent !== text) {
    element.textContent = text;
  }
}
