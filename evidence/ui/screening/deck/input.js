// The screening page in the browser; begun here, with keys and clicks. __init__.py joins it with
// terms.js, state.js, show.js and the outbox, which hold plain functions and nothing of their own.

const states = new WeakMap();
const RESEND_MS = 3000;
const HEADER = 70; // pixels at the top that Streamlit's header covers
const TYPED = "textarea, select, input:not([type=checkbox]):not([type=radio])";

export default function (component) {
  const { data, parentElement, setTriggerValue } = component;
  const $ = (id) => parentElement.querySelector("#" + id);
  let s = states.get(parentElement);
  if (!s || s.scope !== data.scope) {
    s?.leave?.();
    const before = s;
    s = fresh(data.scope, data.storage);
    if (before?.storage === s.storage) takeAlong(s, before);
    states.set(parentElement, s);
  }
  s.send = (items) => setTriggerValue("items", { items, storage: s.storage });
  s.twin = (card) => setTriggerValue("twin", { id: card.id });
  s.data = data;
  acknowledge(s);
  fill(s, s.ticked.size > 0 || writing($));
  wire(s, $);
  render(s, $);
  flush(s);
  return () => s.leave?.();
}

function wire(s, $) {
  s.leave?.();
  const onKey = (event) => press(s, $, event);
  const onLeave = (event) => { if (s.pending.length) event.preventDefault(); };
  const timer = setInterval(() => { flush(s); listen(s, () => writing($)); render(s, $); }, RESEND_MS);
  const cover = new MutationObserver(() => { uncover(s); render(s, $); });
  cover.observe(document.body, { childList: true });
  document.addEventListener("keydown", onKey);
  window.addEventListener("beforeunload", onLeave);
  s.act = actions(s, $);
  for (const name of BUTTONS) $(name).onclick = () => s.act[name]();
  $("twin").onclick = () => s.act.twin();
  $("abstract-open").onclick = () => s.act.abstract();
  $("abstract-save").onclick = () => s.act.saveAbstract($("abstract-text").value.trim());
  $("abstract-cancel").onclick = () => s.act.leaveMode();
  $("abstract-back").onclick = () => s.act.abstractBack();
  s.leave = () => {
    clearInterval(timer);
    cover.disconnect();
    document.removeEventListener("keydown", onKey);
    window.removeEventListener("beforeunload", onLeave);
  };
}

// Everything a person can do, by the names of evidence/screening/keyboard.py and of the buttons.
function actions(s, $) {
  const done = (changed) => {
    if (!changed) return;
    render(s, $);
    flush(s);
  };
  const moved = (changed) => {
    const asked = s.mode === "reasons";
    done(changed);
    if (changed && asked) $("title").focus({ preventScroll: true });
    if (changed && $("title").getBoundingClientRect().top < HEADER) $("root").scrollIntoView();
  };
  const verdict = (name) => () => moved(decide(s, name, [...s.ticked], $("note").value.trim()));
  const open = (mode, field) => {
    s.mode = mode;
    render(s, $);
    field()?.focus();
  };
  return {
    include: verdict("include"), maybe: verdict("maybe"),
    not_retrieved: () => {
      const why = $("note").value.trim();
      if (why || !s.queue.length || !s.data.verdicts.includes("not_retrieved")) verdict("not_retrieved")();
      else open("why", () => $("note"));
    },
    exclude: () => {
      if (s.queue.length && s.data.reason_needed && s.data.reasons.length && !s.ticked.size) {
        open("reasons", () => $("reasons").querySelector("button"));
      } else verdict("exclude")();
    },
    reason: (id) => moved(decide(s, "exclude", [...new Set([...s.ticked, id])], $("note").value.trim())),
    tick: (id) => done(s.ticked.delete(id) || s.ticked.add(id)),
    skip: () => moved(skip(s)),
    undo: () => moved(undo(s)),
    note: () => $("note").focus(),
    label: (name, on) => {
      if (name !== undefined) return done([label(s, name, on)]);
      const first = s.mode !== "labels" && "#labels button";
      open("labels", () => (first && $("root").querySelector(first)) || $("new-label"));
    },
    abstract: () => {
      if ($("abstract-open").hidden) return;
      $("abstract-text").value = s.queue[0].edited ? s.queue[0].abstract : "";
      open("abstract", () => $("abstract-text"));
    },
    saveAbstract: (value) => {
      if (value) writeAbstract(s, value);
      s.act.leaveMode();
      flush(s);
    },
    abstractBack: () => {
      writeAbstract(s, "");
      s.act.leaveMode();
      flush(s);
    },
    twin: () => { if (s.queue.length) s.twin(s.queue[0]); },
    dismiss: (id, again) => done([leaveRefused(s, id, again)]),
    leaveMode: () => {
      s.mode = "";
      render(s, $);
      $("title").focus({ preventScroll: true });
    },
  };
}

function press(s, $, event) {
  if (event.ctrlKey || event.metaKey || event.altKey || event.repeat || event.isComposing) return;
  const target = event.composedPath()[0];
  const here = event.composedPath().includes($("root")) || target === document.body;
  if (here && s.mode === "why" && event.key === "Enter" && target.id === "note") {
    s.act.not_retrieved();
    event.preventDefault();
    return;
  }
  if (here && (event.key === "Escape" || (event.key === "Enter" && target.id === "note"))) {
    s.act.leaveMode();
    event.preventDefault();
    return;
  }
  if (here && event.key === "Enter" && target.id === "new-label") return typedLabel(s, target, event);
  if (target?.isContentEditable || target?.matches?.(TYPED)) return;
  if (document.querySelector("[role=dialog], [role=listbox]")) return;
  const { digit, ...typed } = pressed(event);
  if (act(s, typed) || (digit && act(s, { key: digit, shift: false }))) event.preventDefault();
}

// Whether somebody is in the middle of writing something that loading the page would lose.
function writing($) {
  return Boolean($("note").value || $("new-label").value || !$("abstract-form").hidden);
}

// With Shift the upper row gives other signs; the key itself is meant then. Where the digits need
// Shift (French, Czech and other keyboards), they are typed with it and meant without it, too.
function pressed(event) {
  const key = event.key.toLowerCase();
  const digit = /^Digit(\d)$/.exec(event.code)?.[1];
  if (!digit || event.key === digit) return { key, shift: event.shiftKey && !digit };
  return event.shiftKey ? { key: digit, shift: true } : { key, digit, shift: false };
}

function act(s, { key, shift }) {
  const card = s.queue[0];
  const at = "1234567890".indexOf(key);
  if (s.mode === "labels" && at >= 0 && key) {
    const name = labelNames(s)[at];
    if (card && name) s.act.label(name, !card.labels.includes(name));
    return true;
  }
  const reason = s.data.reasons.find((one) => one.key === key);
  if (reason && shift) s.act.tick(reason.id);
  else if (reason) s.act.reason(reason.id);
  const name = Object.keys(s.data.keys).find((one) => s.data.keys[one] === key);
  if (!reason && name) s.act[name]();
  return Boolean(reason || name);
}

function typedLabel(s, field, event) {
  const name = field.value.trim().replace(/\s+/g, " ").slice(0, 60);
  const card = s.queue[0];
  field.value = "";
  if (card && name) s.act.label(name, !card.labels.includes(name));
  else s.act.leaveMode();
  event.preventDefault();
}
