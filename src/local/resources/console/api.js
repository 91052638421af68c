// The calls of the local run's console. Every answer is JSON.

async function call(method, path, body) {
  const response = await fetch("/api" + path, {
    method,
    headers: body === undefined ? {} : { "content-type": "application/json" },
    body,
    cache: "no-store",
  });
  const text = await response.text();
  let answer;
  try {
    answer = JSON.parse(text);
  } catch {
    answer = { title: "The answer is not JSON." };
  }
  return { ok: response.ok, status: response.status, answer };
}

export const state = (run, from) => call("GET", `/state?run=${encodeURIComponent(run)}&from=${from}`);
export const samples = () => call("GET", "/samples");
export const connection = () => call("GET", "/connection");
export const send = (record, label) => call("POST", "/messages?label=" + encodeURIComponent(label), record);
export const preview = (record, content) => call("POST", "/preview" + (content ? "?content=with" : ""), record);
export const testConnection = (body) => call("POST", "/connection-test", JSON.stringify(body));
export const saveDestination = (name, body) =>
  call("PUT", "/destinations/" + encodeURIComponent(name), JSON.stringify(body));
export const fault = (kind, retryAfter) => call("POST", "/fault", JSON.stringify({ kind, retry_after: retryAfter }));
export const rotate = () => call("POST", "/rotate", "{}");
export const redrive = () => call("POST", "/redrive", "{}");
