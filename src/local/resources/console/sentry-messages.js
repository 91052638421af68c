// Messages as Sentry's AI views read them: parts, the older content, and what of them is drawn.

export const NO_VALUE = "(no value)";
export const FILTERED = "[Filtered]";
export const UNREPORTED = "<not reported>";
export const ROLES = ["system", "user", "assistant", "tool"];
export const MEDIA = ["blob", "uri", "file"];

const TEXTS = ["text", ...MEDIA];
/** Of an input message Sentry draws the parts of the first of these groups that it has. */
const INPUT_GROUPS = [TEXTS, ["object"], ["tool_call"], ["tool_call_response"]];
const DRAWN_IN_OUTPUT = [...TEXTS, "reasoning", "tool_call", "object"];

const isObject = (value) => value !== null && typeof value === "object" && !Array.isArray(value);

/** The value of a JSON text; undefined where it is none. */
export function decode(text) {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** The messages of an attribute. JSON that is cut has none; other text is one message. */
export function messages(attribute, role) {
  if (typeof attribute !== "string") {
    return [];
  }
  return read(/^\s*[[{"]/.test(attribute) ? decode(attribute) : attribute, role);
}

function read(value, role) {
  if (Array.isArray(value)) {
    return value.flatMap((item) => one(item, role));
  }
  if (!isObject(value) || !("messages" in value || "prompt" in value)) {
    return one(value, role);
  }
  const older = [["system", value.system], ["user", "messages" in value ? null : value.prompt]]
    .filter(([, content]) => content)
    .map(([name, content]) => ({ role: name, named: true, parts: null, content }));
  const inner = typeof value.messages === "string" ? decode(value.messages) ?? value.messages : value.messages;
  return [...older, ...(inner === undefined ? [] : read(inner, role))];
}

function one(item, role) {
  if (typeof item === "string") {
    return item.trim() === "" ? [] : [{ role, named: false, parts: null, content: item }];
  }
  if (!isObject(item)) {
    return [];
  }
  const named = typeof item.role === "string" && item.role !== "";
  const message = { role: named ? item.role : role, named, parts: null, content: null };
  if (Array.isArray(item.parts)) {
    return [{ ...message, parts: item.parts.filter(isObject) }];
  }
  const key = ["content", "completion"].find((name) => name in item);
  return key === undefined ? [] : [{ ...message, content: item[key] }];
}

export const kinds = (message) => [...new Set((message.parts ?? []).map((part) => String(part.type ?? "")))].filter((kind) => kind !== "");

const groupOf = (message) => INPUT_GROUPS.find((group) => kinds(message).some((kind) => group.includes(kind))) ?? [];

/** Types of parts that no view draws. Thinking of an earlier answer is drawn where it was answered. */
export function unseenKinds(message, isInput) {
  const drawn = isInput ? groupOf(message) : DRAWN_IN_OUTPUT;
  return kinds(message).filter((kind) => kind !== "reasoning" && !drawn.includes(kind)).sort();
}

/** What is drawn of an input message: a text, a JSON value, or null. */
export function drawn(message) {
  if (message.parts === null) {
    const content = unfold(message.content);
    return Array.isArray(content) && message.role !== "tool" ? words(content).join("\n") : content;
  }
  const group = groupOf(message);
  if (group === TEXTS) {
    return words(message.parts).join("\n");
  }
  const found = message.parts.filter((part) => group.includes(part.type));
  if (group.includes("tool_call_response")) {
    return inBrowser(found.map((part) => part.result ?? ""));
  }
  return group.includes("object") && found.length === 1 ? found[0] : found.length > 0 ? found : null;
}

/** Tools' results as the views join them: an object shows as [object Object]. */
function inBrowser(values, between = "\n") {
  return values.map((value) => (Array.isArray(value) ? inBrowser(value, ",") : String(value ?? ""))).join(between);
}

/** JSON in a text is read as such; a text that is but a number, a truth or null stays text. */
function unfold(value) {
  const inner = typeof value === "string" ? decode(value) : undefined;
  if (Array.isArray(inner)) {
    return inner.map(unfold);
  }
  return isObject(inner) ? inner : value;
}

function words(parts) {
  return parts.filter(isObject).flatMap((part) => {
    if (MEDIA.includes(part.type)) {
      return [mediaNote(part)];
    }
    const said = wording(part, "text", "content").trim();
    return part.type === "text" ? [said || NO_VALUE] : !part.type && said ? [said] : [];
  });
}

export const wording = (part, ...keys) =>
  keys.map((key) => part[key]).find((text) => typeof text === "string" && text !== "") ?? "";

const mediaNote = (part) => `\n\n[redacted content of type "${wording(part, "mime_type") || "unknown"}"]\n\n`;

/** Roles and contents of an input, without what has nothing to draw. */
export function shown(attribute) {
  return messages(attribute, "user")
    .map((message) => ({ role: message.role, content: drawn(message) }))
    .filter(({ content }) => content !== null && content !== undefined && content !== "");
}

/** The output messages that the views draw. */
export function answers(attribute) {
  const found = messages(attribute, "assistant");
  return found.some((message) => message.named) ? found.filter((message) => message.role === "assistant") : found.slice(-1);
}

/** What is drawn of an output, of all answers together. */
export function answer(attribute) {
  const texts = [];
  const thoughts = [];
  const calls = [];
  const objects = [];
  for (const message of answers(attribute)) {
    for (const part of message.parts ?? []) {
      const said = wording(part, "content", "text");
      if (MEDIA.includes(part.type)) {
        texts.push(mediaNote(part));
      } else if (part.type === "text") {
        texts.push(said || NO_VALUE);
      } else if (part.type === "reasoning" && said) {
        thoughts.push(said);
      } else if (part.type === "tool_call") {
        calls.push(part);
      } else if (part.type === "object") {
        objects.push(part);
      }
    }
    const content = message.parts === null ? unfold(message.content) : null;
    const said = Array.isArray(content) ? words(content).join("\n") : content;
    if (said && typeof said === "string") {
      texts.push(said);
    } else if (isObject(said)) {
      objects.push(said);
    }
  }
  return { text: texts.join("\n"), reasoning: thoughts.join("\n"), calls, objects };
}

/** The system prompt's text. */
export function instructions(attribute) {
  const parts = decode(attribute);
  const texts = Array.isArray(parts) ? parts.filter(isObject).map((part) => wording(part, "text", "content")) : [];
  return texts.filter((text) => text !== "").join("\n") || attribute;
}
