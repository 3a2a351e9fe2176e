// Part of the reconciling page (see __init__.py): everything a person can do, by the names of its
// buttons and keys.

import { placeNow } from "../desk/fetched.js";
import { dismiss, put, remember } from "../../shell/outbox.js";
import { forgetDraft, keepDraft, keptDraft } from "./drafts.js";
import { groupName } from "./group_view.js";
import { otherAnswer, otherFinding, pairView, wordView } from "./other_view.js";
import { anotherAnswer, anotherFinding, atKey, dropFinding, isMoved, nextDifference, onceMore, oneFinding, reading, speakers, takeAnswer, takeBack, takeFinding, takenAtOnce, takesSeveral, withNote } from "./reconciled.js";
import { loadReconciling } from "./reconciling.js";

const KEEP_MS = 300; // after the last key the browser keeps what was written
const WRITTEN = new Set(["other", "note", "drop"]); // acts that can be gone on with

export function reconcilingActs(desk) {
  const here = (key = desk.current.key) => (key ? atKey(desk.sheet, key) : undefined);
  const noteAt = (one) => desk.notes.get(one.key) ?? one.chosen?.note ?? "";
  const act = {
    // ── where one is ──
    be(key, focus = true) {
      desk.current = { key };
      desk.panes.answers.reveal(key);
      desk.drawAll();
      const element = desk.panes.answers.elementAt(key);
      if (focus) element?.focus({ preventScroll: true });
      if (element) desk.keepInSight(element);
    },
    next_open() {
      const next = nextDifference(desk.sheet, desk.inSchemeOrder, desk.current.key);
      if (!next) return desk.say(desk.isClosed() ? "This study is reconciled." : `Everything is chosen. Press ${desk.keyFor("complete")}, and it counts.`, true);
      if (next.agrees && !next.members) desk.say(`Only answers that agree are open: press ${desk.keyFor("take_agreeing")} to take all ${desk.agreeing()}.`, true);
      return act.be(next.key);
    },
    down() { step(1); },
    up() { step(-1); },
    order() { desk.inSchemeOrder = !desk.inSchemeOrder; desk.drawAll(); },
    // ── choosing ──
    take(number, key) {
      const one = here(key);
      if (!one) return;
      desk.current = { key: one.key };
      if (one.members) {
        const member = one.members[number - 1];
        if (member) tell(desk.send(takeFinding(one, member, noteAt(one))));
      } else if (desk.sheet.coders[number - 1]) tell(desk.send(takeAnswer(one, [desk.sheet.coders[number - 1].coding_id], noteAt(one))));
    },
    both(key) {
      const one = here(key);
      if (!one || one.members) return desk.say(`Of findings one is taken, or another is written: press ${desk.keyFor("other")}.`, true);
      if (!takesSeveral(desk.scheme, one)) return desk.say(`This question takes one answer: press a number, or ${desk.keyFor("other")} for another.`, true);
      const sources = one.agrees ? desk.sheet.coders.map((coder) => coder.coding_id) : speakers(desk.sheet, one);
      desk.current = { key: one.key };
      return tell(desk.send(takeAnswer(one, sources, noteAt(one))));
    },
    other(key, begun = null) {
      const one = here(key);
      if (!one) return undefined;
      if (desk.isClosed()) return desk.sayClosed();
      if (one.members) return edit(one, "other", otherFinding(desk, one, (fields, note) => done(anotherFinding(here(one.key) ?? one, fields, note)), begun));
      if (!desk.scheme.questions.has(one.question)) return desk.say("The scheme no longer asks this, so only what was said can be taken.", true);
      return edit(one, "other", otherAnswer(desk, one, desk.panes.answers.titleIdAt(one.key), (said, note) => done(anotherAnswer(here(one.key) ?? one, said, note)), begun));
    },
    note(key, begun = null) {
      const one = here(key);
      if (!one) return undefined;
      if (desk.isClosed()) return desk.sayClosed();
      return edit(one, "note", wordView(desk, { label: "Note: why this was chosen", text: begun?.note ?? noteAt(one), verb: "Keep the note" }, (note) => {
        const now = here(one.key) ?? one;
        const message = withNote(now, note);
        desk.notes.set(one.key, note);
        if (message) done(message);
        else { act.cancel(); desk.say("The note goes with what you choose here.", true); }
      }));
    },
    drop(key, begun = null) {
      const one = here(key);
      if (!one?.members) return undefined;
      if (desk.isClosed()) return desk.sayClosed();
      return edit(one, "drop", wordView(desk, { label: "Why is this finding dropped?", text: begun?.note ?? noteAt(one), verb: "Drop it" }, (note) => {
        if (!note.trim()) return desk.say("Say in a word why this finding is dropped.", true);
        return done(dropFinding(here(one.key) ?? one, note));
      }));
    },
    take_back(key) {
      const one = here(key);
      if (!one?.chosen) return;
      desk.current = { key: one.key };
      desk.send(takeBack(one));
    },
    take_agreeing() {
      const many = desk.agreeing();
      if (!many) return desk.say("No answer that agrees is open.", true);
      if (desk.send({ kind: "agreeing" })) desk.say(`${many} taken.`, true);
      return undefined;
    },
    open_agreeing() {
      const taken = takenAtOnce(desk.sheet);
      if (!taken) return desk.say("Nothing that was taken at once stands.", true);
      if (!desk.send({ kind: "open_agreeing", act: taken.act })) return undefined;
      const stays = taken.since ? ` ${taken.since} that ${taken.since === 1 ? "was" : "were"} chosen anew since ${taken.since === 1 ? "stays" : "stay"}.` : "";
      return desk.say(`${taken.standing} taken back.${stays}`, true);
    },
    // ── which findings are one ──
    split(key, member) {
      const one = here(key);
      if (!one?.members || one.members.length < 2) return;
      desk.send(oneFinding(desk.sheet, [member ?? one.members.at(-1)]));
      if (!here()) act.be(one.key, false);
    },
    pair(key) {
      const one = here(key);
      if (!one?.members) return undefined;
      if (desk.isClosed()) return desk.sayClosed();
      const names = desk.sheet.findings.map((group, at) => ({ key: group.key, name: `${at + 1}. ${groupName(desk, group, at + 1)} (${group.members.map((member) => desk.sheet.coders.find((coder) => coder.coding_id === member.coding_id)?.person).join(", ")})` })).filter((each) => each.key !== one.key);
      if (!names.length) return desk.say("There is no other finding.", true);
      return edit(one, "pair", pairView(desk, names, (otherKey) => {
        const [now, other] = [here(one.key), here(otherKey)];
        if (now && other) done(oneFinding(desk.sheet, [...now.members, ...other.members]));
      }));
    },
    // ── writing ──
    goOn() {
      const draft = desk.isClosed() ? null : keptDraft(desk.storage, desk.sheet);
      if (!draft || !here(draft.key) || !WRITTEN.has(draft.act)) return false;
      act[draft.act](draft.key, draft.written);
      return true;
    },
    agree() { desk.editing?.view.agree(); },
    cancel() {
      if (!desk.editing) return;
      const { key } = desk.editing;
      desk.edit(null);
      forgetDraft(desk.storage);
      act.be(key);
    },
    // ── the text ──
    async openQuotation(uid) {
      desk.showText(true);
      const quoted = desk.sheet.quotations.get(uid);
      const told = isMoved(desk.sheet, quoted) ? await placeNow(desk, quoted.own_uid, quoted.coding_id) : {};
      if (told.message) desk.say(told.message, true);
      else if (!desk.panes.text.open({ ...quoted, ...told })) desk.say("These words no longer stand in the text.", true);
    },
    showQuotation(uid) {
      const { on, coding_id: codingId } = desk.sheet.quotations.get(uid);
      const owner = on.finding ? desk.sheet.findings.find((group) => group.members.some((one) => one.coding_id === codingId && one.uid === on.finding))
        : desk.sheet.items.find((item) => item.question === on.question && item.arm === (on.arm ?? ""));
      if (owner) act.be(owner.key);
    },
    find_text() { desk.showText(true); desk.panes.text.search.focus(); desk.panes.text.search.select(); },
    text() { desk.showText(!desk.textShown()); },
    next_pane() {
      const inText = desk.panes.text.element.contains(desk.root.getRootNode().activeElement);
      if (!inText) { desk.showText(true); desk.panes.text.reading.focus(); } else act.be(desk.current.key ?? reading(desk.sheet, desk.inSchemeOrder)[0]?.key);
    },
    // ── clashes and what was refused ──
    mine(id) { endClash(id, true); },
    theirs(id) { endClash(id, false); },
    dismiss(id, again) {
      const item = desk.box.refused.find((one) => one.client_id === id);
      dismiss(desk.box, id, false);
      if (again && item) put(desk.box, onceMore(desk.sheet, item));
      desk.flush();
      act.reload();
    },
    // ── the whole ──
    complete() {
      if (desk.isClosed()) return void desk.send({ kind: "state", after: "draft" });
      const open = desk.openCount();
      if (open) {
        act.next_open();
        return desk.say(`${open} ${open === 1 ? "is" : "are"} still to be chosen; the first is shown.`, true);
      }
      return void desk.send({ kind: "state", after: "complete" });
    },
    previous() { move(desk.data.previous, "This is the first study."); },
    next() { move(desk.data.next, "There is no other study to reconcile after this one."); },
    study(id, scheme) { goTo(id, scheme); },
    keys() { desk.showKeys(); },
    async open(studyId, schemeId) {
      const came = await loadReconciling(desk, studyId, schemeId);
      if (came) desk.drawStudy();
      else desk.drawFrame();
    },
    async reload() {
      if (!desk.sheet) return desk.wanted ? undefined : act.open(desk.data.study_id, desk.data.scheme_id);
      if (await loadReconciling(desk, desk.sheet.study.id, desk.sheet.scheme_id)) desk.drawAll();
      else desk.drawFrame();
      return undefined;
    },
  };

  function endClash(id, isMine) {
    const item = desk.box.clashed.find((one) => one.client_id === id);
    if (!item) return;
    desk.box.clashed = desk.box.clashed.filter((one) => one !== item);
    remember(desk.box);
    if (isMine) desk.send(onceMore(desk.sheet, item));
    else desk.drawAll();
  }

  function edit(one, name, view) {
    desk.edit(null);
    desk.current = { key: one.key };
    desk.panes.answers.reveal(one.key);
    desk.edit({ key: one.key, view });
    let pause = 0;
    const keep = () => {
      clearTimeout(pause);
      pause = setTimeout(() => {
        const written = desk.editing?.view === view && view.written();
        if (written) keepDraft(desk.storage, { study_id: desk.sheet.study.id, scheme_id: desk.sheet.scheme_id, key: one.key, act: name, written });
      }, KEEP_MS);
    };
    for (const event of ["input", "change", "click", "keyup"]) view.element.addEventListener(event, keep);
    desk.drawAll();
    desk.keepInSight(view.element);
    view.focus();
  }

  function done(message) {
    const { key } = desk.editing ?? {};
    desk.edit(null);
    forgetDraft(desk.storage);
    if (key) desk.notes.delete(key);
    tell(desk.send(message));
    if (key) act.be(here(key) ? key : (desk.current.key ?? ""));
  }

  function tell(item) {
    if (item) desk.say("Chosen.");
  }

  function step(by) {
    const order = reading(desk.sheet, desk.inSchemeOrder).filter((one) => desk.panes.answers.elementAt(one.key)?.isConnected);
    const at = order.findIndex((one) => one.key === desk.current.key);
    const next = order[Math.min(order.length - 1, Math.max(0, at + by))];
    if (next) act.be(next.key);
  }

  function move(id, otherwise) {
    if (id === null || id === undefined) return desk.say(otherwise, true);
    return goTo(id, desk.data.scheme_id);
  }

  function goTo(studyId, schemeId) {
    desk.edit(null);
    desk.wanted = { study_id: studyId, scheme_id: schemeId };
    desk.go(desk.wanted);
    act.open(studyId, schemeId);
  }

  return act;
}
