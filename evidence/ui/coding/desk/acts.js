// Part of the coding desk (see __init__.py): everything a person can do, by the names of the keys in
// evidence/coding/keyboard.py and of the buttons.

import { nextOf } from "./answered.js";
import { digitTicks } from "./digits.js";
import { activeElement } from "./dom.js";
import { confirmEdit, endClash, newUid } from "./edits.js";
import { placeNow } from "./fetched.js";
import { load, refresh, refreshAll } from "./desk.js";
import { judgementOf } from "./judgement.js";
import { copyEdits, firstEdits, nameOf } from "./findings.js";
import { dismiss } from "../../shell/outbox.js";
import { tickWithQuotation } from "./quotations.js";
import { MANY, labelOf } from "./scheme.js";
import { askedArms, judgedNow, moveJudgementEdits, movesTo, standingFindings, unjudgeEdits } from "./sheet.js";
import { pastOf } from "./undo.js";

export function actsOf(desk) {
  const act = {
    // ── where one is ──
    // `into` a field, or only to the question, where keys still mean acts.
    question(id, arm, code, into = true) {
      desk.showPane("scheme");
      const view = desk.panes.scheme.views.get(id);
      if (!view || view.element.hidden) return;
      act.be(id, arm ?? view.blocks()[0]?.arm, code);
      view.element.scrollIntoView({ block: "nearest" });
      const block = view.blockOf(desk.current.arm);
      if (code) block.answer.focusRow(code);
      else if (into || !block?.answer.field) focusAnswer(view, block);
      else view.element.focus();
    },
    // Where one is: to what ticks by number, notes and quotations belong.
    be(question, arm, code) {
      desk.current = { question, code: code ?? "", arm: arm ?? "" };
      desk.panes.scheme.markCurrent();
      desk.panes.text.update();
    },
    // The focus goes to where one is, so that keys mean acts.
    here() {
      const { finding, question } = desk.current;
      const view = desk.panes.scheme.views.get(question);
      if (finding) desk.panes.findings.focusRow(finding);
      else (view && !view.element.hidden ? view.element : desk.panes.scheme.questions).focus({ preventScroll: true });
      if (view && !finding) desk.keepInSight(view.element);
    },
    next_open(from = desk.current.question, arm = null) {
      desk.commitAll();
      const here = desk.panes.scheme.views.get(from);
      const blocks = here?.blocks() ?? [];
      // Who stands at a question enters its field first, unless that was just left.
      if (here && isFocused(here.element) && desk.left !== from && desk.progress.open.includes(from) && blocks[0]?.answer.field) return act.question(from, firstOpenArm(from));
      const further = arm === null ? null : blocks.slice(1 + blocks.findIndex((block) => block.arm === arm)).find(isOpen);
      if (further) return act.question(from, further.arm);
      const order = [...desk.scheme.questions.keys()];
      const id = nextOf(desk.progress.open.filter((one) => one !== from), order, from);
      if (id) act.question(id, firstOpenArm(id));
      else desk.say(desk.progress.open.length ? "This is the last open question." : "Every question that applies has an answer.", true);
      return undefined;
    },
    previous_question() {
      desk.commitAll();
      const order = [...desk.asked];
      const at = order.indexOf(desk.current.question);
      if (at === 0) desk.say("This is the first question.", true);
      else act.question(order.at(at < 0 ? -1 : at - 1), undefined, "", false);
    },
    section(at) { const id = desk.panes.scheme.firstOf(at); if (id) act.question(id, undefined, "", false); },
    next_section() { stepSection(1); },
    previous_section() { stepSection(-1); },
    previous() { step(-1); },
    next() { step(1); },
    study(id, scheme = desk.sheet.scheme_id) { move(id, scheme); },
    scheme(id) { move(desk.sheet.study.id, id); },
    find_codes() { desk.showPane("scheme"); desk.panes.scheme.search.focus(); desk.panes.scheme.search.select(); },
    find_text() { desk.showPane("text"); desk.panes.text.search.focus(); desk.panes.text.search.select(); },
    wide_text() { desk.widenText(); },
    next_pane() { stepPane(1); },
    previous_pane() { stepPane(-1); },
    // ── answers ──
    // `at`: when the digit was pressed, in milliseconds.
    tick(number, at = Infinity) {
      const view = desk.panes.scheme.views.get(desk.current.question);
      const answer = view?.blockOf(desk.current.arm)?.answer;
      if (!view || view.element.hidden) return false;
      if (desk.isClosed()) { desk.sayClosed(); return true; }
      if (answer.field && ["number", "date"].includes(view.question.kind)) return beginNumber(view, answer.field.input);
      const id = answer.digits()[number - 1];
      if (!id) return false;
      const pressed = { place: `${desk.current.question} ${desk.current.arm}`, one: !MANY.has(view.question.kind), at };
      const ticks = digitTicks(desk.pressed, pressed);
      desk.pressed = pressed;
      if (!ticks) { desk.say(`${number} followed the number before it at once, so it ticked nothing. Press it again if you mean it.`, true); return true; }
      const isThere = view.element.contains(activeElement(desk.root));
      act.be(desk.current.question, desk.current.arm, id);
      answer.tick(id);
      if (answer.element.querySelector("[role=tree]")) answer.focusRow(id);
      else desk.keepInSight(view.element);
      if (!isThere) act.offerUndo();
      return true;
    },
    note(question = desk.current.question, code = question === desk.current.question ? desk.current.code : "") {
      if (desk.isClosed()) return desk.sayClosed();
      if (desk.current.finding && question === undefined) return desk.panes.findings.focusField("note");
      const view = desk.panes.scheme.views.get(question);
      if (!view || view.element.hidden) return undefined;
      if (!view.blocks().length) return chooseFirst();
      const arm = question === desk.current.question ? desk.current.arm : view.blocks()[0].arm;
      desk.notes.add({ question, code: code ?? "", arm });
      view.update();
      return view.blockOf(arm).noteOf(code ?? "")?.input.focus();
    },
    help() {
      const view = desk.panes.scheme.views.get(desk.current.question);
      if (!view) return;
      const option = desk.scheme.places.get(desk.current.question).get(desk.current.code)?.option;
      if (option?.help) act.optionHelp(view.question, option);
      else if (view.question.help) view.toggleHelp();
      else desk.say("There is no help on this question.", true);
    },
    optionHelp(question, option) {
      const link = option.link ? ` ${option.link}` : "";
      desk.panes.scheme.views.get(question.id).toggleHelp(`${option.label}: ${option.help}${link}`);
    },
    take_proposal(id = desk.current.question, of = undefined) {
      const question = desk.scheme.questions.get(id);
      const arm = of ?? (id === desk.current.question ? desk.current.arm ?? "" : "");
      const told = desk.asked.has(id) ? judgementOf(desk.scheme, desk.sheet, question, question.per_arm ? arm : undefined) : null;
      if (!told?.take) return desk.say(told ? told.text : "Nothing is proposed here; some schemes propose an overall judgement.", true);
      if (desk.isClosed()) return desk.sayClosed();
      desk.write({ kind: "answer", question: id, code: "", arm, field: "choice", after: told.take });
      return desk.say(`${labelOf(desk.scheme, id, told.take)} taken.`, true);
    },
    // A finding is judged, or no longer; what was said of it goes with a way back.
    judge(uid, on) {
      if (desk.isClosed()) { desk.sayClosed(); return; }
      if (on) { desk.sheet.judged.chosen.add(uid); refreshAll(desk); return; }
      desk.commitAll();
      const edits = unjudgeEdits(desk.scheme, desk.sheet, uid);
      desk.sheet.judged.chosen.delete(uid);
      if (edits.length) { desk.writeAll(edits); act.offerUndo(`“${desk.armLabel(uid)}” is judged no longer.`); }
      refreshAll(desk);
    },
    // What was judged of one's own finding is judged of the agreed one; nothing is dropped.
    moveJudgement(uid) {
      if (desk.isClosed()) { desk.sayClosed(); return; }
      desk.commitAll();
      const to = movesTo(desk.sheet, uid);
      if (!to) return;
      const edits = moveJudgementEdits(desk.scheme, desk.sheet, uid, to, newUid);
      desk.sheet.judged.chosen.delete(uid);
      desk.writeAll(edits);
      refreshAll(desk);
      const stays = judgedNow(desk.sheet).includes(uid) ? " What the scheme no longer asks for, and quotations of a file that is gone, stay with yours." : "";
      act.offerUndo(`The judgement is moved to “${desk.armLabel(to)}”.${stays}`);
      desk.panes.scheme.focusJudged();
    },
    // A copied answer holds for this study, too.
    confirm(id) {
      const view = desk.panes.scheme.views.get(id);
      if (!desk.sheet.copied.has(id)) return;
      if (desk.isClosed()) { desk.sayClosed(); return; }
      view.element.focus({ preventScroll: true });
      desk.write(confirmEdit(desk.scheme, desk.sheet, view.question));
      desk.say("Confirmed: it holds for this study, too.", true);
    },
    history() {
      if (desk.current.finding) return desk.panes.findings.showHistory();
      const view = desk.panes.scheme.views.get(desk.current.question);
      return view && !view.element.hidden ? view.history.toggle() : undefined;
    },
    // ── quotations ──
    quotation(on = targetOf(desk), quoted = desk.panes.text.selected()) {
      if (!quoted) return desk.say("Select words in the text first.", true);
      if (!on) return desk.say("Go to a question or a finding first; the quotation belongs to it.", true);
      if (desk.isClosed()) return desk.sayClosed();
      if (on.question && !askedArms(desk.sheet, desk.scheme.questions.get(on.question)).length) return chooseFirst();
      document.getSelection()?.removeAllRanges();
      const tick = tickWithQuotation(desk.scheme, desk.sheet, on);
      desk.writeAll([...(tick ? [tick] : []), { kind: "quotation", uid: newUid(), on, ...quoted }]);
      focusField(on);
      if (!tick) return desk.say("Quoted.", true);
      return act.offerUndo(`Quoted, and “${labelOf(desk.scheme, on.question, on.code)}” is ticked.`);
    },
    removeQuotation(uid) {
      desk.write({ kind: "quotation", uid, removed: true });
      act.offerUndo("Quotation taken away.");
    },
    // ── taking back ──
    undo(step) {
      desk.commitAll();
      desk.closeOffer();
      tellStep(desk.takeBack(step), "Undone");
    },
    redo() {
      desk.commitAll();
      tellStep(desk.doAgain(), "Done again");
    },
    // Says what was just done, with a way back.
    offerUndo(text) {
      const step = pastOf(desk).done.at(-1);
      if (step) desk.offerUndo(text ?? `${step.word[0].toUpperCase()}${step.word.slice(1)}.`, () => act.undo(step));
    },
    async openQuotation(uid) {
      desk.showPane("text");
      const quoted = desk.sheet.quotations.get(uid);
      const told = quoted.moved ? await placeNow(desk, uid) : {};
      if (told.message) desk.say(told.message, true);
      else if (!desk.panes.text.open({ ...quoted, ...told })) desk.say("These words no longer stand in the text.", true);
    },
    showQuotation(uid) {
      const { on } = desk.sheet.quotations.get(uid);
      if (on.finding) act.chooseFinding(on.finding);
      else act.question(on.question, on.arm, desk.scheme.places.get(on.question)?.has(on.code) ? on.code : "");
    },
    // ── findings ──
    finding() {
      if (desk.isClosed()) return desk.sayClosed();
      if (!desk.asksFindings()) return desk.say("This scheme judges findings; they are coded with another one.", true);
      desk.showPane("findings");
      const uid = newUid();
      desk.chosen = uid;
      desk.writeAll(firstEdits(desk.sheet, standingFindings(desk.sheet), uid));
      desk.current = { finding: uid };
      const fields = desk.sheet.findings.get(uid).fields;
      desk.panes.findings.focusField(["intervention", "contrast", "outcome"].find((axis) => !fields[axis]) ?? "outcome");
      return undefined;
    },
    chooseFinding(uid) {
      desk.showPane("findings");
      desk.commitAll();
      desk.chosen = uid;
      desk.current = { finding: uid };
      desk.panes.findings.update();
      desk.panes.findings.focusRow(uid);
    },
    findingField(uid, field) { act.chooseFinding(uid); desk.panes.findings.focusField(field ?? "outcome"); },
    copyFinding(uid) {
      if (desk.isClosed()) return desk.sayClosed();
      desk.commitAll();
      const made = newUid();
      const position = String(1 + Math.max(...standingFindings(desk.sheet).map((one) => one.position)));
      desk.chosen = made;
      desk.writeAll([{ kind: "finding", uid: made, field: "position", after: position }, ...copyEdits(desk.sheet.findings.get(uid), made, desk.scheme)]);
      desk.panes.findings.focusField("outcome");
      return desk.say("Copied; the copy is shown.", true);
    },
    removeFinding(uid) {
      if (desk.isClosed()) return desk.sayClosed();
      desk.commitAll();
      const list = standingFindings(desk.sheet);
      const at = list.findIndex((one) => one.uid === uid);
      const name = nameOf(desk.scheme, desk.sheet, list[at], at + 1);
      desk.chosen = (list[at + 1] ?? list[at - 1])?.uid ?? null;
      const saw = Object.fromEntries(Object.entries(list[at]?.fields ?? {}).filter(([, text]) => text));
      desk.write({ kind: "finding", uid, field: "removed", after: "yes", saw }); // what another tab filled in stays
      return desk.panes.findings.tellRemoved(uid, name);
    },
    restoreFinding(uid) {
      desk.chosen = uid;
      desk.write({ kind: "finding", uid, field: "removed", after: "" });
      desk.panes.findings.tellRemoved("", "");
      desk.panes.findings.focusRow(uid);
    },
    // ── the whole coding ──
    complete() {
      desk.commitAll();
      if (desk.sheet.state === "complete") return desk.write({ kind: "state", after: "draft" });
      const found = desk.obstacles();
      if (found.length) {
        const [first] = found;
        if (first.judged) return chooseFirst();
        if (first.question) act.question(first.question, first.arm);
        else act.findingField(first.finding, first.field);
        return desk.say(found.length === 1 ? "One answer is missing or wrong; it is shown." : `${found.length} answers are missing or wrong; the first is shown.`, true);
      }
      desk.write({ kind: "state", after: "complete" });
      return undefined; // begin.js says so when the server has it
    },
    tellComplete() {
      const count = desk.notices();
      const told = count ? `Complete, with ${count === 1 ? "1 notice" : `${count} notices`} to look at.` : "Complete.";
      desk.say(told, !count);
      if (count) desk.offer(told, "Go there", act.notices);
    },
    notices() {
      desk.showPane("findings");
      desk.panes.findings.focusNotices();
    },
    endClash(address, mine) { endClash(desk, address, mine); refreshAll(desk); desk.flush(); },
    dismiss(id, again) {
      dismiss(desk.box, id, again);
      desk.flush();
      reload();
    },
    pane(name) { desk.togglePane(name); },
    keys() { desk.showKeys(); },
  };

  // Nothing can be said before it is said of which finding.
  function chooseFirst() {
    desk.showPane("scheme");
    desk.panes.scheme.focusJudged();
    return desk.say("Choose first which finding is judged.", true);
  }

  // A digit at a number is what one writes there, instead of what stands in it; the browser puts it
  // into the field that has the focus.
  function beginNumber(view, input) {
    desk.showPane("scheme");
    input.focus({ preventScroll: true });
    input.select();
    desk.keepInSight(view.element);
    return false;
  }

  // Who quotes for a number or a text writes it next.
  function focusField({ question, arm }) {
    const view = desk.panes.scheme.views.get(question);
    const field = view && !view.element.hidden && view.blockOf(arm ?? "")?.answer.field;
    if (!field) return;
    desk.showPane("scheme");
    field.input.focus({ preventScroll: true });
    if (view.question.kind !== "text") field.input.select();
    desk.keepInSight(view.element);
  }

  function focusAnswer(view, block) {
    const input = block?.answer.field?.input ?? block?.element.querySelector("[role=treeitem][tabindex='0'], input:checked, input:not(:disabled)");
    (input ?? view.element).focus({ preventScroll: true });
    desk.keepInSight(input ?? view.element);
  }

  function isFocused(element) {
    return element.getRootNode().activeElement === element;
  }

  // What was taken back or done again is told, and shown where it stands.
  function tellStep(moved, verb) {
    if (moved === undefined) return;
    if (!moved) { desk.say("There is nothing more of this session to undo or to do again here.", true); return; }
    const { step, left } = moved;
    desk.say(`${verb}: ${step.word}.${left ? " What was changed again since stays as it is." : ""}`, true);
    const on = step.items[0].on ?? step.items[0];
    const finding = on.finding ?? (on.kind === "finding" ? on.uid : "");
    if (standingFindings(desk.sheet).some((one) => one.uid === finding)) { act.chooseFinding(finding); return; }
    const view = desk.panes.scheme.views.get(on.question);
    if (!view || view.element.hidden) return;
    desk.showPane("scheme");
    view.element.focus({ preventScroll: true });
    act.be(on.question, on.arm, on.code);
    desk.keepInSight(view.element);
  }

  function firstOpenArm(id) {
    const blocks = desk.panes.scheme.views.get(id)?.blocks() ?? [];
    return blocks.find(isOpen)?.arm ?? blocks[0]?.arm;
  }

  function isOpen(block) {
    return Boolean(block.element.querySelector("input, textarea")) && !block.element.querySelector("input:checked") && !block.answer.field?.input.value;
  }

  function stepSection(by) {
    const sections = desk.panes.scheme.sections().map((one) => desk.scheme.sectionOf.get(one.ids[0])).filter((at) => desk.panes.scheme.firstOf(at));
    const here = sections.indexOf(desk.scheme.sectionOf.get(desk.current.question));
    act.section(sections[(here + by + sections.length) % sections.length]);
  }

  function stepPane(by) {
    const shown = desk.shownPanes();
    const here = shown.indexOf(desk.paneOfFocus());
    const pane = shown[(here + by + shown.length) % shown.length];
    desk.showPane(pane);
    if (pane === "text") desk.panes.text.reading.focus();
    else if (pane === "scheme") act.question(desk.asked.has(desk.current.question) ? desk.current.question : [...desk.asked][0], desk.current.arm, desk.current.code, false);
    else if (desk.chosen) act.chooseFinding(desk.chosen);
    else desk.panes.findings.element.querySelector("button").focus();
  }

  // A key that comes before the server has said what stands beside this study waits for that.
  function step(by) {
    if (desk.wanted || desk.data.study_id !== desk.sheet.study.id) desk.steps = by;
    else {
      const id = by > 0 ? desk.data.next : desk.data.previous;
      if (id === null || id === undefined) desk.say(by > 0 ? "This is the last study." : "This is the first study.", true);
      else move(id, desk.sheet.scheme_id);
    }
  }

  async function move(studyId, schemeId) {
    desk.commitAll();
    desk.wanted = { study_id: studyId, scheme_id: schemeId };
    desk.go(desk.wanted);
    await open(studyId, schemeId);
  }

  async function open(studyId, schemeId) {
    const came = await load(desk, studyId, schemeId);
    if (came) desk.drawStudy();
    else if (desk.failed) { desk.wanted = null; desk.drawFrame(); }
  }

  async function reload() {
    if (!await load(desk, desk.sheet.study.id, desk.sheet.scheme_id)) return;
    if (desk.drawnScheme === desk.scheme) refreshAll(desk);
    else desk.drawStudy(); // a new version of the scheme
  }

  return Object.assign(act, { open, reload, refresh: () => refresh(desk, [{ kind: "state" }]) });
}

function targetOf(desk) {
  const { question, code, arm, finding } = desk.current;
  if (finding) return { finding };
  return question ? { question, code: code ?? "", arm: arm ?? "" } : null;
}

