// What a choice does to the sheet before the server says so, and which message says it.
import assert from "node:assert/strict";
import { test } from "node:test";

import { seenWith, agreeing, anotherAnswer, atKey, choose, disputed, dropFinding, isMoved, isOpen, keyOf, nextDifference, onceMore, oneFinding, openOf, partsOf, reconciledFrom, speakers, takeAnswer, takeBack, takeFinding, takenAtOnce, takesSeveral, withNote } from "../../../../evidence/ui/coding/reconcile/reconciled.js";
import { beginning, rowsOf, saidOn } from "../../../../evidence/ui/coding/reconcile/scratch.js";
import { sheetFrom } from "../../../../evidence/ui/coding/desk/sheet.js";
import { aScheme, told as toldOfDesk } from "../desk/made.mjs";

const ADA = 11;
const BEN = 12;
const scheme = aScheme();

function said(codes = [], value = "", notes = {}, quotations = []) {
  return { codes, value, notes, quotations };
}

function item(question, first, second, more = {}) {
  const agrees = JSON.stringify([first.codes, first.value]) === JSON.stringify([second.codes, second.value]);
  return { question, arm: "", agrees, is_asked: true, said: [first, second], now: said(), seen: "", chosen: null, ...more };
}

function finding(key, ...members) {
  return { key, members: members.map(([coding_id, uid, fields]) => ({ coding_id, uid, fields, quotations: [] })), likeness: 0.8, by_hand: false, is_swapped: false, maybe_part_of: "", differing: [], now: null, seen: "", chosen: null };
}

function aSheet() {
  const quoted = { uid: "q 1", on: { question: "service", code: "", arm: "" }, document: "abstract:1" };
  return reconciledFrom({
    study: { id: 3, label: "Example 2001", reports: [] }, scheme_id: 5, version_id: 9, state: "none", is_stale: false, open: 0, arms: [], time_points: [],
    coders: [{ coding_id: ADA, person: "Ada" }, { coding_id: BEN, person: "Ben" }],
    items: [
      item("service", said(["ips"], "", { ips: "p. 3" }, [quoted]), said(["ips", "firm"], "", {}, [{ ...quoted }])),
      item("compared", said(["usual"]), said(["none"])),
      item("ips-fidelity", said(["yes"]), said(["yes"])),
      item("people", said([], "143"), said([], "143"), { arm: "a1" }),
    ],
    findings: [
      finding("k1", [ADA, "f1", { outcome: "work", time: "1 year" }], [BEN, "g1", { outcome: "work", time: "12 months" }]),
      finding("k2", [ADA, "f2", { outcome: "esteem" }]),
      { ...finding("k3", [BEN, "g2", { outcome: "esteem" }]), maybe_part_of: "k1" },
    ],
  });
}

let made = 0;
function act(sheet, message) {
  const item = { ...message, client_id: `run-${++made}`, study_id: 3, scheme_id: 5 };
  choose(sheet, scheme, item);
  return item;
}

const at = (sheet, question, arm = "") => atKey(sheet, keyOf({ question, arm }));
const members = (sheet) => sheet.findings.map((one) => one.members.map((each) => each.uid).join("+"));

test("quotations of two codings stay two, also where they have one id", () => {
  const sheet = aSheet();
  assert.deepEqual([...sheet.quotations.keys()], ["11-q1", "12-q1"]);
});

test("what is open, agrees, and differs", () => {
  const sheet = aSheet();
  assert.equal(openOf(sheet).length, 7);
  assert.deepEqual(agreeing(sheet).map((one) => one.question), ["ips-fidelity", "people"]);
  assert.deepEqual(partsOf(sheet, false).first.map((one) => one.question), ["service", "compared"]);
  assert.equal(partsOf(sheet, true).first.length, 4);
  assert.deepEqual([...disputed(at(sheet, "service"))], ["firm"]);
  assert.equal(takesSeveral(scheme, at(sheet, "service")), true);
  assert.equal(takesSeveral(scheme, at(sheet, "compared")), false);
  assert.deepEqual(speakers(sheet, at(sheet, "compared")), [ADA, BEN]);
});

test("an answer is taken from one or several, is another, or is taken back", () => {
  const sheet = aSheet();
  const place = at(sheet, "service");
  const first = act(sheet, takeAnswer(place, [BEN], ""));
  assert.deepEqual([first.seen, first.sources], ["", [BEN]]);
  assert.deepEqual(place.now.codes, ["ips", "firm"]);
  const both = act(sheet, takeAnswer(place, [ADA, BEN], "why"));
  assert.equal(both.seen, first.client_id);
  assert.deepEqual([place.now.codes, place.now.notes, place.chosen.note], [["ips", "firm"], { ips: "p. 3" }, "why"]);
  const other = act(sheet, anotherAnswer(place, { codes: ["courses"], value: "" }, "p. 9"));
  assert.deepEqual([other.seen, place.chosen.how, place.now.codes, isOpen(place)], [both.client_id, "other", ["courses"], false]);
  const again = act(sheet, withNote(place, "p. 10"));
  assert.deepEqual([again.codes, again.note], [["courses"], "p. 10"]);
  act(sheet, takeBack(place));
  assert.deepEqual([isOpen(place), place.now.codes], [true, []]);
  assert.equal(withNote(place, "x"), null);
});

test("all that agree are taken at once, and named as the server names them", () => {
  const sheet = aSheet();
  const item = act(sheet, { kind: "agreeing" });
  assert.deepEqual([at(sheet, "ips-fidelity").seen, at(sheet, "people", "a1").seen], [item.client_id, `${item.client_id}-1`]);
  assert.deepEqual(agreeing(sheet), []);
  assert.equal(at(sheet, "people", "a1").now.value, "143");
});

test("what was taken at once is taken back at once, but for what was chosen anew since", () => {
  const sheet = aSheet();
  assert.equal(takenAtOnce(sheet), null);
  act(sheet, takeAnswer(at(sheet, "service"), [BEN], ""));
  const { client_id: taken } = act(sheet, { kind: "agreeing" });
  assert.deepEqual(takenAtOnce(sheet), { act: taken, standing: 2, since: 0 });
  act(sheet, anotherAnswer(at(sheet, "ips-fidelity"), { codes: ["no"], value: "" }, "p. 3"));
  assert.deepEqual(takenAtOnce(sheet), { act: taken, standing: 1, since: 1 });
  const back = act(sheet, { kind: "open_agreeing", act: taken, ...seenWith({ ...sheet, seen: ["x"] }, { kind: "open_agreeing" }) });
  assert.deepEqual([at(sheet, "people", "a1").chosen, at(sheet, "people", "a1").seen, back.codings], [null, back.client_id, undefined]);
  assert.deepEqual(at(sheet, "ips-fidelity").now.codes, ["no"]);
  assert.deepEqual(at(sheet, "service").now.codes, ["ips", "firm"]);
  assert.equal(takenAtOnce(sheet), null);
  act(sheet, { kind: "open_agreeing", act: "run-" }); // no act has this id
  assert.deepEqual(at(sheet, "service").now.codes, ["ips", "firm"]);
});

test("what depends on an answer is asked after what was agreed", () => {
  const sheet = aSheet();
  const place = at(sheet, "service");
  act(sheet, anotherAnswer(place, { codes: ["firm"], value: "" }, ""));
  assert.equal(at(sheet, "ips-fidelity").is_asked, false);
  assert.equal(partsOf(sheet, false).unasked.length, 1);
  act(sheet, takeAnswer(place, [ADA], ""));
  assert.equal(at(sheet, "ips-fidelity").is_asked, true);
  act(sheet, takeBack(place));
  assert.equal(at(sheet, "ips-fidelity").is_asked, true);
});

test("the next difference comes before what agrees, and from the beginning at the end", () => {
  const sheet = aSheet();
  const gone = [];
  for (let key; gone.length < 6; gone.push(key)) key = nextDifference(sheet, false, key).key;
  assert.deepEqual(gone, [at(sheet, "service").key, at(sheet, "compared").key, ...sheet.findings.map((one) => one.key), at(sheet, "service").key]);
  act(sheet, takeAnswer(at(sheet, "service"), [ADA], ""));
  act(sheet, takeAnswer(at(sheet, "compared"), [ADA], ""));
  for (const group of [...sheet.findings]) act(sheet, dropFinding(group, "no"));
  assert.equal(nextDifference(sheet, false, undefined).question, "ips-fidelity");
  act(sheet, { kind: "agreeing" });
  assert.equal(nextDifference(sheet, false, undefined), null);
});

test("a finding is taken, dropped, or taken back", () => {
  const sheet = aSheet();
  const [pair] = sheet.findings;
  const item = act(sheet, takeFinding(pair, pair.members[1], "later"));
  const group = sheet.findings[0];
  assert.deepEqual([item.members, item.taken], [[[ADA, "f1"], [BEN, "g1"]], [BEN, "g1"]]);
  assert.deepEqual([group.chosen.sources[0], group.now.time, isOpen(group)], [[BEN, "g1"], "12 months", false]);
  assert.deepEqual(withNote(group, "n").taken, [BEN, "g1"]);
  act(sheet, takeBack(group));
  assert.deepEqual([isOpen(sheet.findings[0]), sheet.findings[0].now], [true, null]);
});

test("findings are put together and taken apart", () => {
  const sheet = aSheet();
  assert.equal(sheet.findings[2].maybe_part_of, sheet.findings[0].key);
  const together = act(sheet, oneFinding(sheet, [...sheet.findings[2].members, ...sheet.findings[1].members]));
  assert.deepEqual(together.members, [[ADA, "f2"], [BEN, "g2"]]);
  assert.deepEqual([members(sheet), isOpen(sheet.findings[1])], [["f1+g1", "f2+g2"], true]);
  const [pair] = sheet.findings;
  const taken = act(sheet, takeFinding(pair, pair.members[0], ""));
  const apart = act(sheet, oneFinding(sheet, [sheet.findings[0].members[1]]));
  assert.deepEqual([members(sheet), apart.seen], [["f1", "f2+g2", "g1"], ""]);
  assert.deepEqual([isOpen(sheet.findings[0]), sheet.findings[0].seen], [true, `${apart.client_id}-left-0`]);
  assert.notEqual(taken.client_id, sheet.findings[0].seen);
  const back = act(sheet, oneFinding(sheet, [...sheet.findings[0].members, ...sheet.findings[2].members]));
  assert.deepEqual([members(sheet), back.seen], [["f1+g1", "f2+g2"], `${apart.client_id}-left-0`]);
  assert.deepEqual(sheet.findings[0].differing, ["time"]);
});

test("a choice that clashed is said again against what stands there now", () => {
  const sheet = aSheet();
  const mine = { ...takeAnswer(at(sheet, "service"), [ADA], ""), client_id: "mine", now: "Somebody else", study_id: 3 };
  at(sheet, "service").seen = "theirs";
  const { client_id: id, seen, sources } = onceMore(sheet, mine);
  assert.deepEqual([id, seen, sources], [undefined, "theirs", [ADA]]);
});

test("another answer begins with what all say, and is read from the scratch sheet", () => {
  const sheet = aSheet();
  const place = at(sheet, "service");
  assert.deepEqual(beginning(place).codes, ["ips"]);
  const scratch = sheetFrom(toldOfDesk({ answers: rowsOf(place, { codes: ["ips", "firm"], value: "" }) }));
  assert.deepEqual(saidOn(scratch, place), { codes: ["ips", "firm"], value: "" });
  const people = at(sheet, "people", "a1");
  assert.deepEqual(saidOn(sheetFrom(toldOfDesk({ answers: rowsOf(people, { codes: [], value: "140" }) })), people), { codes: [], value: "140" });
});

test("a quotation is looked for again where its file does not stand any more", () => {
  const sheet = aSheet();
  sheet.study = { ...sheet.study, reports: [{ documents: [{ id: 4 }] }] };
  assert.deepEqual(["file:4", "file:3", "abstract:1"].map((document) => isMoved(sheet, { document })), [false, true, false]);
  assert.equal(sheet.quotations.get("11-q1").own_uid, "q 1");
});

test("a choice says what the codings said, and which choices of other groups it undoes", () => {
  const sheet = { ...aSheet(), seen: ["2026-11-30T09:00:00", "2026-11-30T09:01:00"] };
  assert.deepEqual(seenWith(sheet, { kind: "open" }), {});
  assert.deepEqual(seenWith(sheet, { kind: "answer", question: "hope" }), { codings: sheet.seen });
  const [group] = sheet.findings;
  const [first] = group.members;
  const member = [first.coding_id, first.uid];
  assert.deepEqual(seenWith(sheet, { kind: "group", members: [member] }).leaves, []);
  Object.assign(group, { seen: "run-x", chosen: { how: "taken", sources: [member], note: "" } });
  assert.deepEqual(seenWith(sheet, { kind: "group", members: [member] }).leaves, ["run-x"]);
});

test("what was taken and has changed since is open again, until something is chosen anew", () => {
  const sheet = aSheet();
  const item = sheet.items.find((one) => one.is_asked);
  Object.assign(item, { has_changed: true, chosen: { how: "taken", sources: [[11, ""]], note: "" } });
  assert.ok(openOf(sheet).includes(item));
  act(sheet, { kind: "answer", question: item.question, arm: item.arm, sources: [11] });
  assert.ok(!openOf(sheet).some((one) => one.key === item.key));
});
