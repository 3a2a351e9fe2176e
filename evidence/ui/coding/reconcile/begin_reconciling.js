// The reconciling page in the browser; begun here, with the frame around text and answers.
// __init__.py joins it with the other modules, which hold functions and nothing of their own.

import { activeElement, button, keyHint, make, setText } from "../desk/dom.js";
import { fit, listenToPage, showRefused, wireTabs } from "../desk/frame.js";
import { keysDialog } from "../desk/keys.js";
import { NARROW } from "../desk/panes.js";
import { questionName } from "../desk/scheme.js";
import { textPane } from "../desk/text_pane.js";
import { trouble } from "../../shell/link.js";
import { flush, takeAlong } from "../../shell/outbox.js";
import { answersPane } from "./answers_pane.js";
import { goneWords, messageWords } from "./choice_words.js";
import { reading } from "./reconciled.js";
import { reconcilingActs } from "./reconciling_acts.js";
import { KEYS_HERE, reconcilingKey } from "./reconciling_keys.js";
import { acknowledgeChoices, newReconciling } from "./reconciling.js";

const reconcilings = new WeakMap();
const TEXT_SHOWN = "waymark-reconciling-text";
const STALE = "A coding was changed after this was agreed. Reopen it to look again; what was agreed counts until then.";

export default function (component) {
  const { data, parentElement, setTriggerValue } = component;
  let desk = reconcilings.get(parentElement);
  if (!desk || desk.storage !== data.storage) {
    desk?.leave?.();
    const before = desk;
    desk = newReconciling(data.storage);
    if (before?.storage === data.storage) takeAlong(desk.box, before.box);
    reconcilings.set(parentElement, desk);
    drawReconciling(desk, parentElement.querySelector("#reconciling"));
  }
  desk.box.send = (items) => setTriggerValue("items", { items, storage: desk.storage });
  desk.box.data = data;
  desk.go = (place) => setTriggerValue("go", { ...place, storage: desk.storage });
  desk.keepKeys = (keys) => setTriggerValue("keys", { keys, storage: desk.storage });
  desk.data = data;
  desk.box.leave = () => desk.leave();
  listenToPage(desk, (event) => reconcilingKey(desk, event));
  heardOf(desk);
  flush(desk.box);
  return () => desk.leave?.();
}

// The server has said something: what became of choices, and which study is open.
function heardOf(desk) {
  const { study_id: studyId, scheme_id: schemeId } = desk.data;
  const completing = desk.box.pending.find((item) => item.kind === "state" && item.after === "complete");
  const said = acknowledgeChoices(desk);
  if (completing && desk.data.kept.includes(completing.client_id)) desk.say("Complete: what was agreed counts now.", true);
  heardOfKeys(desk);
  if (desk.wanted?.study_id === studyId && desk.wanted.scheme_id === schemeId) desk.wanted = null;
  const isElsewhere = !desk.wanted && (!desk.sheet || desk.sheet.study.id !== studyId || desk.sheet.scheme_id !== schemeId);
  const place = `${studyId} ${schemeId}`;
  if (isElsewhere && desk.opening !== place) {
    desk.opening = place;
    desk.act.open(studyId, schemeId).then(() => { desk.opening = ""; });
  } else if (said && desk.sheet) desk.act.reload();
  else desk.drawFrame();
}

// Keys that were sent are kept, or stay in their list with why not; they stand on many buttons.
function heardOfKeys(desk) {
  desk.dialog.heard();
  const sign = JSON.stringify(desk.data.keys);
  if (desk.sheet && desk.keysSign !== sign) { desk.panes.answers.forget(); desk.drawAll(); }
  desk.keysSign = sign;
}

function drawReconciling(desk, root) {
  desk.root = root;
  desk.act = reconcilingActs(desk);
  const part = {
    label: make("strong", { dir: "auto" }), about: make("span", { class: "small" }), place: make("span", { class: "small place" }), state: make("span", { class: "state" }),
    refused: make("section", { class: "refused", role: "alert", hidden: true }), trouble: make("p", { class: "trouble", role: "status", hidden: true }),
    stale: make("p", { class: "trouble stale", role: "status", hidden: true, text: STALE }),
    saved: make("span", { class: "saved", role: "status" }), said: make("p", { class: "said", role: "status", "aria-live": "polite" }),
    text: button("Text", () => desk.act.text(), { class: "toggle" }, keyHint("")),
    previous: button("◀", () => desk.act.previous(), { "aria-label": "Previous study" }, keyHint("")),
    next: button("▶", () => desk.act.next(), { "aria-label": "Next study to reconcile" }, keyHint("")),
    complete: button("Complete", () => desk.act.complete(), { class: "primary" }, keyHint("")),
    body: make("div", { class: "panes", hidden: true }), told: make("p", { class: "told", role: "status", text: "Loading …" }), hints: make("span", { class: "hints" }),
  };
  desk.panes = { text: textPane(desk), answers: answersPane(desk) };
  part.body.append(desk.panes.text.element, desk.panes.answers.element);
  desk.dialog = keysDialog(desk, KEYS_HERE);
  root.replaceChildren(
    make("div", { class: "top" }, make("div", { class: "about-study" }, part.label, " ", part.about), part.state, part.place, part.text, part.previous, part.next, part.complete),
    part.refused, part.trouble, part.stale, part.told, part.body, make("div", { class: "foot" }, part.saved, part.hints), part.said, desk.dialog.element);
  desk.part = part;
  Object.assign(desk, offersOfReconciling(desk, part));
  desk.showText(keptText(), false);
  root.addEventListener("focusin", (event) => followPlace(desk, event));
  root.addEventListener("click", (event) => followPlace(desk, event));
  wireTabs(root);
}

function offersOfReconciling(desk, part) {
  let flushing = 0;
  let quiet = 0;
  let textShown = true;
  return {
    flush: () => { clearTimeout(flushing); flushing = setTimeout(() => { flush(desk.box); desk.drawFrame(); }, 0); desk.drawFrame(); },
    say: (text, seen = false) => {
      setText(part.said, text);
      part.said.classList.toggle("seen", seen);
      clearTimeout(quiet);
      if (seen) quiet = setTimeout(() => part.said.classList.remove("seen"), 5000);
    },
    showText: (on, isKept = true) => {
      textShown = on;
      desk.panes.text.element.hidden = !on;
      part.text.setAttribute("aria-pressed", String(on));
      if (isKept) keepText(on);
    },
    textShown: () => textShown,
    keepInSight: (target) => target.scrollIntoView({ block: "nearest" }),
    showKeys: () => desk.dialog.open(),
    drawFrame: () => drawFrameOf(desk, part),
    drawAll: () => { if (desk.sheet) { desk.panes.answers.update(); desk.panes.text.update(); } drawFrameOf(desk, part); },
    drawStudy: () => drawStudyOf(desk, part),
    placeAll: () => desk.root.classList.toggle("phone", desk.root.clientWidth > 0 && desk.root.clientWidth < NARROW),
  };
}

function drawStudyOf(desk, part) {
  part.body.hidden = false;
  part.told.hidden = true;
  desk.edit(null);
  desk.notes = new Map();
  desk.current = {};
  desk.panes.answers.forget();
  desk.panes.text.draw();
  desk.panes.answers.scroll.scrollTop = 0;
  desk.drawAll();
  fit(desk);
  if (!desk.arrived && desk.root.classList.contains("phone")) desk.showText(false, false); // there it would lie above all answers
  desk.arrived = true;
  const now = document.activeElement;
  const isFree = !now || now === document.body || now.matches("a, a *") || desk.root.getRootNode().host?.contains(now);
  const [first] = reading(desk.sheet, desk.inSchemeOrder);
  desk.say(`${desk.sheet.study.label}. ${desk.openCount()} open.`);
  if (isFree && desk.act.goOn()) desk.say("You were writing here; it is as you left it.", true);
  else if (isFree && desk.openCount()) desk.act.next_open();
  else if (first) desk.act.be(first.key, Boolean(isFree));
}

function drawFrameOf(desk, part) {
  const { sheet, box, data } = desk;
  const told = trouble(box, desk.failed);
  part.trouble.hidden = !told;
  desk.dialog.showHints(part.hints);
  setText(part.trouble, told);
  setText(part.saved, box.pending.length ? `Saving ${box.pending.length} …` : "✓ All saved");
  if (desk.refusal) {
    part.body.hidden = true;
    part.told.hidden = false;
    setText(part.told, desk.refusal);
  }
  const isStale = sheet?.is_stale && sheet.state === "complete";
  const gone = sheet && sheet.state !== "complete" ? goneWords(sheet) : "";
  part.stale.hidden = !isStale && !gone;
  setText(part.stale, isStale ? STALE : gone);
  part.complete.hidden = !sheet;
  setText(part.place, data?.place ?? "");
  if (!sheet) { setText(part.label, desk.refusal ? data?.label ?? "" : ""); setText(part.state, ""); return; }
  showRefused(desk, part.refused, (item) => `${item.question ? `${questionName(desk.scheme, item.question)}: ` : ""}${item.kind === "state" || item.kind === "agreeing" ? "" : `${messageWords(desk, item)}.`}`);
  const open = desk.openCount();
  setText(part.label, sheet.study.label);
  setText(part.about, sheet.coders.map((coder) => coder.person).join(" · "));
  const isSent = !box.pending.some((item) => item.kind === "state");
  setText(part.state, sheet.state === "complete" ? (isSent ? "Reconciled" : "Completing …") : open ? `${open} open` : "All chosen");
  part.state.classList.toggle("waits", sheet.state !== "complete" && open > 0);
  part.complete.firstChild.textContent = sheet.state === "complete" ? "Reopen " : "Complete ";
  part.complete.classList.toggle("primary", sheet.state !== "complete");
  desk.root.classList.toggle("closed", sheet.state === "complete");
}

// Where one is: to what keys belong.
function followPlace(desk, event) {
  const key = event.target.closest?.("[data-key]")?.dataset.key;
  if (!key || key === desk.current.key || !desk.sheet) return;
  desk.current = { key };
  desk.drawAll();
  if (event.type === "click" && !desk.panes.answers.elementAt(key)?.contains(activeElement(desk.root))) desk.panes.answers.elementAt(key)?.focus({ preventScroll: true });
}

function keptText() {
  try { return localStorage.getItem(TEXT_SHOWN) !== "no"; } catch { return true; }
}

function keepText(on) {
  try { localStorage.setItem(TEXT_SHOWN, on ? "yes" : "no"); } catch { /* then it is shown next time */ }
}
