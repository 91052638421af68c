// The calls of the local run's console. Every answer is JSON, with its status beside it.

async function call(method, path, body) {
  const response = await fetch("/api" + path, {
    method,
    headers: body === undefined ? {} : { "content-type": "application/json" },
    body,
    cache: "no-store",
  });
  const said = await response.json();
  const status = response.ok ? said.status : response.status;
  return { ok: status < 400, status, answer: response.ok ? said.answer : said };
}

export const state = (run, from, notes) => call("GET", `/state?run=${encodeURIComponent(run)}&from=${from}&notes=${notes}`);
export const message = (id) => call("GET", "/messages/" + encodeURIComponent(id));
export const samples = () => call("GET", "/samples");
export const connection = () => call("GET", "/connection");
export const send = (record, label) => call("POST", "/messages?label=" + encodeURIComponent(label), record);
export const preview = (record) => call("POST", "/preview", record);
export const decisions = (record, destination) => call("POST", "/decisions?destination=" + encodeURIComponent(destination), record);
export const testConnection = (body) => call("POST", "/connection-test", JSON.stringify(body));
export const saveDestination = (name, body) =>
  call("PUT", "/destinations/" + encodeURIComponent(name), JSON.stringify(body));
export const fault = (kind, retryAfter) => call("POST", "/fault", JSON.stringify({ kind, retry_after: retryAfter }));
export const rotate = () => call("POST", "/rotate", "{}");
export const redrive = () => call("POST", "/redrive", "{}");
