import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";
import { dismiss, flush, newOutbox, put, settle, takeAlong, together } from "../../../evidence/ui/shell/outbox.js";
import { trouble } from "../../../evidence/ui/shell/link.js";

const DESK = "waymark-coding-3-4-";

// What a browser keeps: names are its own properties, as Object.keys sees them.
class Storage {
  setItem(name, text) { this[name] = String(text); }
  getItem(name) { return Object.hasOwn(this, name) ? this[name] : null; }
  removeItem(name) { delete this[name]; }
}
beforeEach(() => { Object.defineProperty(globalThis, "localStorage", { value: new Storage(), configurable: true }); });

const numbers = (items) => items.map((item) => item.n);

test("what waits is sent again until its id is acknowledged", () => {
  const sent = [];
  const box = { ...newOutbox(DESK), send: (items) => sent.push(numbers(items)) };
  const first = put(box, { n: 1 });
  put(box, { n: 2 });
  flush(box);
  flush(box);
  settle(box, { kept: [first.client_id] });
  flush(box);
  assert.deepEqual(sent, [[1, 2], [1, 2], [2]]);
});

test("after a reload the same waits, under the same ids", () => {
  const box = newOutbox(DESK);
  const ids = [put(box, { n: 1 }), put(box, { n: 2 })].map((item) => item.client_id);
  assert.deepEqual(newOutbox(DESK).pending.map((item) => item.client_id), ids);
});

test("where the browser has no room, the page says that what waits is kept in this tab only", () => {
  const full = localStorage.setItem;
  const box = { ...newOutbox(DESK), data: {} };
  put(box, { n: 1 });
  assert.equal(trouble(box), "");
  localStorage.setItem = () => { throw new Error("QuotaExceededError"); };
  const late = put(box, { n: 2 });
  assert.match(trouble(box), /kept in this tab only until it is sent/);
  assert.deepEqual(numbers(box.pending), [1, 2]);
  box.data.trouble = "The disk is full.";
  assert.match(trouble(box), /^The disk is full. 2 kept in this tab only and sent again\. This browser has no room/);
  box.data.trouble = "";
  settle(box, { kept: box.pending.map((item) => item.client_id) });
  assert.match(trouble(box), /no room/); // nothing waits now; what comes next would not be stored, either
  localStorage.setItem = full;
  put(box, late);
  assert.equal(trouble(box), "");
});

test("a second tab takes over what waits and neither loses it", () => {
  const one = newOutbox(DESK);
  const item = put(one, { n: 1 });
  const two = newOutbox(DESK);
  put(one, { n: 2 });
  settle(two, { kept: [item.client_id] });
  assert.deepEqual(numbers(one.pending), [1, 2]);
  assert.deepEqual(numbers(newOutbox(DESK).pending), [1, 2]);
});

test("another person, another review, and the screening page keep their own", () => {
  put(newOutbox(DESK), { n: 1 });
  for (const other of ["waymark-coding-3-40-", "waymark-coding-30-4-", "waymark-3-4-"]) {
    assert.deepEqual(newOutbox(other).pending, []);
  }
  assert.deepEqual(numbers(newOutbox(DESK).pending), [1]);
});

test("what is refused or clashes waits no more, and stays through a reload", () => {
  const box = newOutbox(DESK);
  const [bad, clash, good] = [1, 2, 3].map((n) => put(box, { n }));
  const told = { kept: [good.client_id], refused: { [bad.client_id]: "No number." }, clashes: { [clash.client_id]: { now: "b" } } };
  const news = settle(box, told);
  assert.deepEqual([numbers(news.refused), numbers(news.clashed), box.pending], [[1], [2], []]);
  settle(box, told);
  const later = newOutbox(DESK);
  assert.deepEqual(later.refused.map(({ n, why }) => [n, why]), [[1, "No number."]]);
  assert.deepEqual(later.clashed.map(({ n, now }) => [n, now]), [[2, "b"]]);
});

test("what was refused goes again under a new id, or is forgotten", () => {
  const box = newOutbox(DESK);
  const [one, two] = [1, 2].map((n) => put(box, { n }));
  settle(box, { kept: [], refused: { [one.client_id]: "No.", [two.client_id]: "No." } });
  const again = dismiss(box, one.client_id, true);
  dismiss(box, two.client_id, false);
  assert.notEqual(again.client_id, one.client_id);
  assert.deepEqual([numbers(box.pending), box.refused, again.why], [[1], [], undefined]);
});

test("a browser that forbids its storage still sends", () => {
  const forbid = () => { throw new Error("forbidden"); };
  localStorage.setItem = forbid;
  const box = newOutbox(DESK);
  put(box, { n: 1 });
  const after = newOutbox(DESK);
  takeAlong(after, box);
  takeAlong(after, box);
  assert.deepEqual(numbers(after.pending), [1]);
});

test("an act of many items is written to the storage once, also where it fails on the way", () => {
  const box = newOutbox(DESK);
  let writings = 0;
  const setItem = localStorage.setItem;
  Object.defineProperty(localStorage, "setItem", { value(name, text) { writings++; setItem.call(this, name, text); }, enumerable: false });
  together(box, () => { for (let n = 0; n < 500; n++) put(box, { n }); });
  assert.equal(writings, 1);
  assert.throws(() => together(box, () => { put(box, { n: 500 }); throw new Error("on the way"); }));
  assert.equal(newOutbox(DESK).pending.length, 501);
});
