// What components of ours send to the server: items that are kept, also in the browser's storage,
// until the server has acknowledged their ids, and sent again until then. What the server refuses
// stays until the person dismisses it; so does what clashes with what the server holds.

import { answered } from "./link.js";

/** @typedef {{client_id: string, why?: string, now?: string|boolean} & Record<string, any>} Item */
/** @typedef {{storage: string, run: string, made: number, pending: Item[], refused: Item[], clashed: Item[]}} Outbox */

const AT_ONCE = 100; // items in one message
const PREFIXES = { pending: "", refused: "refused-", clashed: "clashed-" };

/** @param {string} storage how the names begin under which the browser keeps what waits
 *  @returns {Outbox} */
export function newOutbox(storage) {
  const box = { storage, run: newId(), made: 0, unstored: false, answered: performance.now(), heard: null, cut: false, asking: false };
  for (const kind of Object.keys(PREFIXES)) box[kind] = recall(storage, kind);
  return box;
}

export function newId() {
  return crypto.randomUUID ? crypto.randomUUID() : Date.now() + "-" + Math.random().toString(36).slice(2);
}

/** Gives something done an id, and keeps it until the server has it. */
export function put(box, done) {
  const item = { ...done, client_id: box.run + "-" + ++box.made };
  if (!box.pending.length) answered(box);
  box.pending.push(item);
  remember(box);
  return item;
}

/** Does an act of many items, after which they are kept in the browser's storage by one writing. */
export function together(box, act) {
  box.together = true;
  try { return act(); } finally {
    box.together = false;
    remember(box);
  }
}

/** Takes out what the server has acknowledged, refused, or found to clash; gives the last two.
 *  @param told what the server says: kept (ids), refused (id to sentence), clashes (id to {now}) */
export function settle(box, told) {
  const { refused = {}, clashes = {} } = told;
  const kept = new Set(told.kept);
  const before = box.pending.length;
  const turnedDown = box.pending.filter((item) => refused[item.client_id]);
  const clashing = box.pending.filter((item) => clashes[item.client_id] && !refused[item.client_id]);
  for (const item of turnedDown) box.refused.push({ ...item, why: refused[item.client_id] });
  for (const item of clashing) box.clashed.push({ ...item, now: clashes[item.client_id].now });
  box.pending = box.pending.filter(({ client_id: id }) => !kept.has(id) && !refused[id] && !clashes[id]);
  if (box.pending.length < before || !before) answered(box);
  remember(box);
  return { refused: turnedDown, clashed: clashing };
}

/** @param box with `send`, which hands items to the server */
export function flush(box) {
  if (box.pending.length) box.send(box.pending.slice(0, AT_ONCE));
}

/** What was refused is forgotten, or tried again under a new id; gives the new item then. */
export function dismiss(box, id, again) {
  const item = box.refused.find((one) => one.client_id === id);
  box.refused = box.refused.filter((one) => one !== item);
  let made = null;
  if (again && item) {
    const { why, ...rest } = item;
    made = put(box, rest);
  }
  remember(box);
  return made;
}

/** Each opened component writes under its own name, so that two tabs cannot erase each other's
 *  items; what an earlier one left behind is taken over. Sending something twice is harmless. */
export function remember(box) {
  if (box.together) return;
  try {
    for (const [kind, prefix] of Object.entries(PREFIXES)) {
      const name = box.storage + prefix + box.run;
      if (box[kind].length) {
        localStorage.setItem(name, JSON.stringify(box[kind]));
        box.unstored = false;
      } else localStorage.removeItem(name);
    }
  } catch { box.unstored = true; } // a full or forbidden storage costs the safety net, and link.js says so
}

function recall(storage, kind) {
  const found = [];
  const prefixes = Object.values(PREFIXES).filter(Boolean);
  const mine = (name) => name.startsWith(storage)
    && (prefixes.find((prefix) => name.startsWith(storage + prefix)) ?? "") === PREFIXES[kind];
  try {
    for (const name of Object.keys(localStorage).filter(mine)) {
      const kept = JSON.parse(localStorage.getItem(name) || "[]");
      if (Array.isArray(kept)) found.push(...kept.filter((item) => item && item.client_id));
      localStorage.removeItem(name);
    }
  } catch { /* see above */ }
  return found;
}

/** Another component of the same person: what waits goes along, also where nothing can be stored. */
export function takeAlong(box, before) {
  for (const kind of Object.keys(PREFIXES)) {
    const have = new Set(before[kind].map((item) => item.client_id));
    box[kind] = [...before[kind], ...box[kind].filter((item) => !have.has(item.client_id))];
  }
}
