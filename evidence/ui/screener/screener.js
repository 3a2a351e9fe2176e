// The screening page in the browser: the next works are held here, so that a key is answered at
// once; every decision is numbered by an id, kept until the server has acknowledged it, and sent
// again after a lost connection. Text from outside reaches the page only as text.

const states = new WeakMap();
const KEYS = { i: "include", e: "exclude", m: "maybe", t: "not_retrieved" };
const RESEND_MS = 3000;

export default function (component) {
  const { data, parentElement, setTriggerValue } = component;
  const $ = (id) => parentElement.querySelector("#" + id);
  let s = states.get(parentElement);
  if (!s || s.scope !== data.scope) {
    s?.leave?.();
    s = fresh(data.scope, data.storage);
    states.set(parentElement, s);
  }
  s.send = (items) => setTriggerValue("decisions", { items });
  s.data = data;
  settle(s);
  fill(s);
  wire(s, $);
  render(s, $);
  flush(s);
  return () => s.leave?.();
}

function fresh(scope, storage) {
  return {
    scope, storage, queue: [], pending: recall(storage), history: [], done: new Set(), asking: false,
    undone: new Set(), returned: null, shown: null, since: 0, run: newId(), made: 0, refused: "",
  };
}

// ── what is known here and what the server knows ────────────────────────────────────────────────

function settle(s) {
  const kept = new Set(s.data.kept);
  const refused = s.data.refused || {};
  for (const item of s.pending) {
    if (refused[item.client_id]) s.refused = refused[item.client_id];
  }
  s.pending = s.pending.filter((p) => !kept.has(p.client_id) && !refused[p.client_id]);
  remember(s);
}

function fill(s) {
  const head = s.queue[0];
  const waiting = s.data.waiting.filter((card) => !s.done.has(card.id));
  const others = waiting.filter((card) => card.id !== head?.id);
  const keep = head && (waiting.length > others.length || s.returned === head.id);
  s.queue = keep ? [head, ...others] : waiting;
}

function flush(s) {
  if (s.pending.length) s.send(s.pending.slice(0, 100));
}

// Each opened deck writes under its own name, so that two tabs cannot erase each other's decisions;
// what an earlier one left behind is taken over. Sending something twice is harmless.
function remember(s) {
  const name = s.storage + s.run;
  try {
    if (s.pending.length) localStorage.setItem(name, JSON.stringify(s.pending));
    else localStorage.removeItem(name);
  } catch { /* a full or forbidden storage only costs the safety net */ }
}

function recall(storage) {
  const found = [];
  try {
    for (const name of Object.keys(localStorage).filter((name) => name.startsWith(storage))) {
      const kept = JSON.parse(localStorage.getItem(name) || "[]");
      if (Array.isArray(kept)) found.push(...kept.filter((p) => p && p.client_id));
      localStorage.removeItem(name);
    }
  } catch { /* see above */ }
  return found;
}

function newId() {
  return crypto.randomUUID ? crypto.randomUUID() : Date.now() + "-" + Math.random().toString(36).slice(2);
}

// ── deciding ────────────────────────────────────────────────────────────────────────────────────

function add(s, card, verdict, reason, note) {
  s.pending.push({
    client_id: s.run + "-" + ++s.made, id: card.id, stage: s.data.stage, verdict, reason, note,
    settles: s.data.settles && verdict !== "withdrawn",
    seconds: Math.round((performance.now() - s.since) / 100) / 10,
  });
  s.refused = "";
  remember(s);
}

function decide(s, $, verdict, reason = null) {
  const card = s.queue[0];
  if (!card || !s.data.verdicts.includes(verdict)) return;
  if (verdict === "exclude" && reason === null && s.data.reason_needed && s.data.reasons.length) {
    s.asking = true;
    render(s, $);
    $("reasons").querySelector("button")?.focus();
    return;
  }
  add(s, card, verdict, reason, $("note").value.trim());
  s.queue.shift();
  s.done.add(card.id);
  s.returned = null;
  s.history.push({ card, verdict });
  if (s.history.length > 100) s.history.shift();
  next(s, $);
}

function undo(s, $) {
  const last = s.history.pop() ?? earlier(s);
  if (!last) return;
  add(s, last.card, "withdrawn", null, "");
  s.done.delete(last.card.id);
  s.undone.add(last.card.id);
  s.returned = last.card.id;
  s.queue = [last.card, ...s.queue.filter((card) => card.id !== last.card.id)];
  next(s, $);
}

// Decisions from before this page was opened, newest first.
function earlier(s) {
  const known = (card) => s.undone.has(card.id) || s.queue.some((other) => other.id === card.id);
  return s.data.recent.find((one) => !known(one.card));
}

function next(s, $) {
  s.asking = false;
  $("note").value = "";
  render(s, $);
  flush(s);
}

// ── keys and clicks ─────────────────────────────────────────────────────────────────────────────

function wire(s, $) {
  s.leave?.();
  const onKey = (event) => key(s, $, event);
  const onLeave = (event) => { if (s.pending.length) event.preventDefault(); };
  const timer = setInterval(() => flush(s), RESEND_MS);
  document.addEventListener("keydown", onKey);
  window.addEventListener("beforeunload", onLeave);
  for (const verdict of Object.values(KEYS)) $(verdict).onclick = () => decide(s, $, verdict);
  $("undo").onclick = () => undo(s, $);
  s.leave = () => {
    clearInterval(timer);
    document.removeEventListener("keydown", onKey);
    window.removeEventListener("beforeunload", onLeave);
  };
}

function key(s, $, event) {
  if (event.ctrlKey || event.metaKey || event.altKey || event.repeat || event.isComposing) return;
  const target = event.composedPath()[0];
  if (event.key === "Escape") {
    s.asking = false;
    render(s, $);
    target.blur?.();
    return;
  }
  if (target?.isContentEditable || ["INPUT", "TEXTAREA", "SELECT"].includes(target?.tagName)) return;
  if (document.querySelector("[role=dialog], [role=listbox]")) return;
  const pressed = event.key.toLowerCase();
  const reason = /^[1-9]$/.test(pressed) ? s.data.reasons[Number(pressed) - 1] : null;
  if (reason) decide(s, $, "exclude", reason.id);
  else if (KEYS[pressed]) decide(s, $, KEYS[pressed]);
  else if (pressed === "u") undo(s, $);
  else if (pressed === "n") $("note").focus();
  else return;
  event.preventDefault();
}

// ── showing ─────────────────────────────────────────────────────────────────────────────────────

function render(s, $) {
  const card = s.queue[0];
  if (s.shown !== card?.id) {
    s.shown = card?.id;
    s.since = performance.now();
  }
  showCard(s, $, card);
  showSide(s, $);
  for (const verdict of Object.values(KEYS)) {
    $(verdict).hidden = !s.data.verdicts.includes(verdict);
    $(verdict).disabled = !card;
  }
  $("undo").disabled = !s.history.length && !earlier(s);
  $("saved").textContent = s.refused || (s.pending.length ? `Saving ${s.pending.length} …` : "All saved");
  $("saved").classList.toggle("wrong", Boolean(s.refused));
}

function showCard(s, $, card) {
  const open = Math.max(0, s.data.open - s.data.waiting.filter((c) => s.done.has(c.id)).length);
  $("count").textContent = card ? `${open.toLocaleString("en")} left here` : "";
  const empty = s.data.open > s.data.waiting.length ? "Loading the next ones …" : s.data.empty;
  fillText($("title"), card ? card.title || "(no title)" : empty, s.data.terms);
  $("meta").textContent = card ? card.meta : "";
  fillText($("abstract"), card ? card.abstract || "No abstract in the source." : "", s.data.terms);
  fillText($("keywords"), card?.keywords ? "Keywords: " + card.keywords : "", s.data.terms);
  $("notes").textContent = card?.notes ?? "";
  $("voices").replaceChildren(...(card?.voices ?? []).map((text) => element("li", text)));
  $("voices").hidden = !card?.voices?.length;
  $("links").replaceChildren(...(card?.links ?? []).map(link));
  $("note").disabled = !card;
}

function showSide(s, $) {
  $("reasons-box").hidden = !s.data.reasons.length;
  $("reasons-box").classList.toggle("asked", s.asking);
  $("reasons-title").textContent = s.asking ? "Choose the reason to exclude" : "Exclude because";
  $("reasons").replaceChildren(...s.data.reasons.map((reason, index) => reasonItem(s, $, reason, index)));
  $("criteria-box").hidden = !s.data.criteria.length;
  $("criteria").replaceChildren(...s.data.criteria.map((text) => element("li", text)));
  const last = s.history.at(-1) ?? earlier(s);
  $("last-box").hidden = !last;
  $("last").textContent = last ? `${s.data.labels[last.verdict] ?? last.verdict}: ${last.card.title}` : "";
}

function reasonItem(s, $, reason, index) {
  const button = element("button", reason.label + " ");
  button.type = "button";
  button.disabled = !s.queue.length;
  if (index < 9) button.append(element("kbd", String(index + 1)));
  button.onclick = () => decide(s, $, "exclude", reason.id);
  const item = document.createElement("li");
  item.append(button);
  return item;
}

function link({ label, url }) {
  const anchor = element("a", label);
  anchor.href = url;
  anchor.target = "_blank";
  anchor.rel = "noopener noreferrer";
  return anchor;
}

function element(name, text) {
  const made = document.createElement(name);
  made.textContent = text;
  return made;
}

// Colours the terms; the text itself is only ever added as text.
function fillText(target, text, terms) {
  const spans = [];
  for (const kind of ["include", "exclude"]) {
    const pattern = matcher(terms[kind]);
    if (pattern) for (const hit of text.matchAll(pattern)) spans.push({ kind, at: hit.index, end: hit.index + hit[0].length });
  }
  spans.sort((a, b) => a.at - b.at || b.end - a.end);
  const parts = [];
  let done = 0;
  for (const { kind, at, end } of spans) {
    if (at < done) continue;
    parts.push(text.slice(done, at));
    const mark = element("mark", text.slice(at, end));
    mark.className = kind;
    mark.title = kind === "include" ? "Speaks for inclusion" : "Speaks for exclusion";
    parts.push(mark);
    done = end;
  }
  parts.push(text.slice(done));
  target.replaceChildren(...parts);
}

const matchers = new Map();
function matcher(terms) {
  const key = terms.join("\n");
  if (!matchers.has(key)) matchers.set(key, terms.length ? build(terms) : null);
  return matchers.get(key);
}

function build(terms) {
  const one = (term) => {
    const open = term.endsWith("*");
    const body = (open ? term.slice(0, -1) : term).replace(/[.*+?^${}()|[\]\\]/g, "\\$&").replace(/\s+/g, "\\s+");
    return body + (open ? "[\\p{L}\\p{N}]*" : "");
  };
  const longest = [...terms].sort((a, b) => b.length - a.length).map(one).join("|");
  return new RegExp(`(?<![\\p{L}\\p{N}])(?:${longest})(?![\\p{L}\\p{N}])`, "giu");
}
