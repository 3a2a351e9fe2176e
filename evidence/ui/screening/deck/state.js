// Part of the screening component (see __init__.py): the works that are held in the browser, and
// what was done with them. Everything done is an item that waits in the outbox
// (evidence/ui/shell/outbox.js) until the server has it.

function fresh(scope, storage) {
  return {
    ...newOutbox(storage), scope, queue: [], history: [], done: new Set(), undone: new Set(),
    returned: null, shown: null, since: 0, mode: "", ticked: new Set(), named: new Set(), drafts: new Map(),
  };
}

// ── what is known here and what the server knows ────────────────────────────────────────────────

function acknowledge(s) {
  for (const item of settle(s, s.data).refused) s.done.delete(item.id);
}

// The head stays as long as it waits, or was brought back by an undo; so nobody loses the work
// they are reading. Only a pilot comes before it, and not while something is being written.
function fill(s, busy) {
  const skipping = new Set(s.pending.filter((p) => p.kind === "skip").map((p) => p.id));
  const head = s.queue[0];
  const waiting = s.data.waiting.filter((card) => !s.done.has(card.id) && !skipping.has(card.id));
  const others = waiting.filter((card) => card.id !== head?.id);
  const same = waiting.find((card) => card.id === head?.id);
  const giveWay = !busy && !same?.pilot && others.some((card) => card.pilot);
  const keep = head && (s.returned === head.id || (same && !giveWay));
  s.queue = keep ? [same ?? head, ...others] : waiting;
  for (const item of s.pending) for (const card of s.queue) if (card.id === item.id) change(card, item);
}

// How many works are left now: what the server told, without what was decided here since, and with
// what was taken back since.
function leftNow(s) {
  return Math.max(0, s.data.left - decidedSince(s, () => true));
}

// The place of a work in its pilot: "9 of 10".
function placeInPilot(s, card) {
  const pilot = s.data.pilots[card.pilot];
  if (!pilot) return "";
  const before = pilot.decided + decidedSince(s, (other) => other.pilot === card.pilot);
  return `Pilot “${pilot.name}”: ${Math.min(before + 1, pilot.works)} of ${pilot.works}`;
}

// Works of a kind that were decided here and that the server still counts, less those taken back.
function decidedSince(s, kind) {
  const known = new Set(s.data.waiting.map((card) => card.id));
  const decided = s.data.waiting.filter((card) => kind(card) && s.done.has(card.id));
  const back = s.queue.filter((card) => kind(card) && !known.has(card.id));
  return decided.length - back.length;
}

// What the person did to a work shows at once, before the server has heard of it.
function change(card, item) {
  if (item.kind === "label") {
    card.labels = card.labels.filter((name) => name !== item.label);
    if (item.on) card.labels.push(item.label);
  } else if (item.kind === "abstract" && item.value) {
    card.abstract = item.value;
    card.edited = "Written by you";
  }
}

// ── what a person does ──────────────────────────────────────────────────────────────────────────

function add(s, card, kind, values) {
  return put(s, { kind, id: card.id, title: card.title, stage: s.data.stage, ...values });
}

function addVerdict(s, card, verdict, reasons, note) {
  add(s, card, "decision", {
    verdict, reasons, note,
    settles: s.data.settles && verdict !== "withdrawn",
    seconds: Math.round((performance.now() - s.since) / 100) / 10,
  });
}

// Takes the work off the screen with a verdict; false where nothing can be decided now.
function decide(s, verdict, reasons, note) {
  const card = s.queue[0];
  if (!card || !s.data.verdicts.includes(verdict)) return false;
  addVerdict(s, card, verdict, verdict === "exclude" ? reasons : [], note);
  leaveBehind(s, card, verdict, reasons, note);
  s.done.add(card.id);
  return true;
}

function skip(s) {
  const card = s.queue[0];
  if (!card || !s.data.skips) return false;
  add(s, card, "skip", {});
  leaveBehind(s, card, "skip");
  return true;
}

function leaveBehind(s, card, verdict, reasons = [], note = "") {
  s.queue.shift();
  s.returned = null;
  s.history.push({ card, verdict, reasons, note });
  if (s.history.length > 100) s.history.shift();
}

// Brings the last work back, and gives what was decided with it: the note and the reasons.
function undo(s) {
  const last = s.history.pop() ?? earlier(s);
  if (!last) return false;
  if (last.verdict === "skip") s.pending = s.pending.filter((p) => p.kind !== "skip" || p.id !== last.card.id);
  else addVerdict(s, last.card, "withdrawn", [], "");
  s.done.delete(last.card.id);
  s.undone.add(last.card.id);
  if (last.verdict !== "skip") s.drafts.set(last.card.id, { note: last.note, reasons: last.reasons });
  s.returned = last.card.id;
  s.queue = [last.card, ...s.queue.filter((card) => card.id !== last.card.id)];
  return true;
}

// From the work that is shown to another: what was written and ticked on the first stays with it
// until it is decided; gives what belongs to the other.
function turnTo(s, card, note) {
  const left = s.shown;
  if (s.done.has(left) || !(note || s.ticked.size)) s.drafts.delete(left);
  else s.drafts.set(left, { note, reasons: [...s.ticked] });
  return s.drafts.get(card?.id) ?? { note: "", reasons: [] };
}

// Decisions from before this page was opened, newest first.
function earlier(s) {
  const known = (card) => s.undone.has(card.id) || s.queue.some((other) => other.id === card.id);
  return s.data.recent.find((one) => !known(one.card));
}

function label(s, name, on) {
  const card = s.queue[0];
  if (!card || !name) return;
  s.named.add(name);
  change(card, add(s, card, "label", { label: name, on }));
}

// The review's labels, with those that were made here and that the server has not told of yet.
function labelNames(s) {
  return [...new Set([...s.data.labels, ...s.named])];
}

function writeAbstract(s, value) {
  const card = s.queue[0];
  if (card) change(card, add(s, card, "abstract", { value }));
}

function leaveRefused(s, id, again) {
  const item = dismiss(s, id, again);
  if (item?.kind === "decision") s.done.add(item.id);
}
