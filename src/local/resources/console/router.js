// Where the reader is stands in the address, so that back, forward, a refresh and a copied link work.

export const PARTS = {
  traces: "Traces",
  conversations: "Conversations",
  messages: "Messages",
  send: "Send a record",
  connection: "Test a connection",
  faults: "Faults",
};

const listeners = [];

/** #trace/{id}[@{destination}][/span/{id}], #conversation/{destination}/{id}[/sentry], #message/{id}, or a part's name. */
export function route(hash = location.hash) {
  const [head, ...rest] = hash.slice(1).split("/").map(decode);
  if (head === "trace" && rest[0]) {
    const [id, destination] = rest[0].split("@");
    return { part: "traces", trace: { id, destination: destination || "default" }, span: rest[1] === "span" ? rest[2] : null };
  }
  if (head === "conversation" && rest.length >= 2) {
    return { part: "conversations", conversation: { destination: rest[0], id: rest[1] }, view: rest[2] === "sentry" ? "sentry" : "records" };
  }
  if (head === "message" && rest[0]) {
    return { part: "messages", message: rest[0] };
  }
  return { part: head in PARTS ? head : "traces" };
}

function decode(text) {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

export const traceHash = (trace, spanId) =>
  "#trace/" + encodeURIComponent(trace.id) + (trace.destination === "default" ? "" : "@" + encodeURIComponent(trace.destination)) +
  (spanId ? "/span/" + encodeURIComponent(spanId) : "");

export const conversationHash = ({ destination, id }, view) =>
  `#conversation/${encodeURIComponent(destination)}/${encodeURIComponent(id)}` + (view === "sentry" ? "/sentry" : "");

export const messageHash = (id) => "#message/" + encodeURIComponent(id);

/** @param replace leaves no entry to go back to */
export function go(hash, replace = false) {
  if (hash === location.hash) {
    return;
  }
  if (replace) {
    history.replaceState(null, "", hash);
    announce();
  } else {
    location.hash = hash;
  }
}

export function onRoute(listener) {
  listeners.push(listener);
}

export const announce = () => listeners.forEach((listener) => listener(route()));

addEventListener("hashchange", announce);
