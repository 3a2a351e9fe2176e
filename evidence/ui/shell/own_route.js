// What components of ours ask of the server's own routes (app.py), from the folder of the pages.

const IN_WORDS = new Set([400, 403, 404, 422]);

/** What an address gives, as JSON. Why it gives nothing stands in the error's `words`, where the
 *  server says it.
 *  @param {RequestCache} cache */
export async function got(address, cache) {
  const answer = await fetch(address, { cache, credentials: "same-origin" });
  const kind = answer.headers.get("content-type") ?? "";
  if (answer.ok && kind.includes("json")) return answer.json();
  const error = new Error(String(answer.status));
  error.words = IN_WORDS.has(answer.status) && kind.startsWith("text/plain") ? await answer.text() : "";
  throw error;
}
