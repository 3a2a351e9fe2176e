// Part of the coding desk (see __init__.py): keys, the list of all keys, and the hints at the foot.

import { button, keyHint, make, setText } from "./dom.js";

const TYPED = "textarea, select, input:not([type=checkbox]):not([type=radio])";
const WRITES = new Set(["note", "quotation", "finding", "complete", "take_proposal"]);
const PRESSES = "button, a, select, summary, [role=separator], [role=gridcell], [role=tab], [role=combobox]";
const FIXED = [["1–9", "Tick options"], ["F2", "Find codes"], ["Space", "Tick; with Shift all below"], ["→ ←", "Open and close a branch; in the text: select words, with Shift more"], ["Esc", "Out of a field, so that keys work again"], ["Enter", "In a field of a question: keep it and go to the next open question"], ["Shift+Enter", "In a longer text: a new line"], ["Ctrl+Z", "Undo, outside of a text; with Shift do again"]];
const NAMED = { next_open: "Next open question", previous_question: "Previous question", next_section: "Next section", previous_section: "Previous section", tick: "Tick", note: "Note", quotation: "Quote what is selected", finding: "New finding",
  previous: "Previous study", next: "Next study", complete: "Complete, or reopen", help: "Help on this", take_proposal: "Take what a rule proposes", history: "History of this answer or finding", find_codes: "Find codes", find_text: "Find in the text", wide_text: "Text wide for reading, and back", next_pane: "Text, codes, findings", keys: "All keys" };
const SHORT = { tick: "Tick", next_open: "Next open", quotation: "Quote", note: "Note", finding: "Finding", next_pane: "Next pane", wide_text: "Wide text", keys: "All keys" };
/** What the list of keys says: the name of each act, keys that stay as they are, what is hinted at the foot, and keys there that stay. */
const OF_DESK = { named: NAMED, fixed: FIXED, hinted: SHORT, stays: { tick: "1–9", next_pane: "F6" } };
const SHOWN_ON_BUTTONS = ["previous", "next", "complete", "text"]; // at the top of the desk, where they are
const KEY_NAMES = { enter: "Enter", "shift+enter": "Shift+Enter", f6: "F6", f2: "F2" };

/** How a key is written. */
export function keyName(key) {
  return KEY_NAMES[key] ?? (key.length === 1 ? key.toUpperCase() : key);
}

/** What a key means, wherever the focus is; keys that Streamlit would take are ours here. */
export function keyPressed(desk, event) {
  if (!desk.sheet || event.isComposing || event.altKey) return;
  const path = event.composedPath();
  const target = path[0];
  const here = path.includes(desk.root);
  if (!(here || target === document.body || target === document.documentElement)) return;
  if (document.querySelector("[role=dialog], [role=listbox]") || desk.dialog.element.open) return;
  const inText = target?.matches?.(TYPED) && !target.readOnly; // where nothing can be written, keys are those of the desk
  if (event.ctrlKey || event.metaKey) return undoPressed(desk, event, inText && !target.matches("select, [role=combobox]"));
  const name = actOf(desk, event);
  if (event.key === "Escape") return inText ? leaveField(desk, target, event) : goHome(desk, target, event);
  const isBack = name === "previous_question" && event.key === "Enter" && target?.matches?.("[data-question] input:not([role=combobox])");
  if (inText && !isBack && !["find_codes", "next_pane", "previous_pane"].includes(name)) return;
  if (event.key === "Enter" && target?.matches?.(PRESSES)) return;
  if (event.repeat && !["next_section", "previous_section"].includes(name)) { if (name) event.preventDefault(); return; }
  // A number that is pressed among findings or at the top is hardly meant for a question.
  const elsewhere = target?.closest?.(".top, [data-pane=findings]");
  const isDigit = /^[0-9]$/.test(event.key) && !event.shiftKey && !elsewhere && !(event.key === "0" && target?.closest?.("[data-pane=text]")); // there 0 is a size
  if (!isDigit) desk.pressed = null;
  if (isOpening(desk) && (isDigit || WRITES.has(name))) { stop(event); desk.say("The next study is still being opened.", true); return; }
  if (!name && isDigit) { if (desk.act.tick(Number(event.key), event.timeStamp)) stop(event); return; }
  if (!name) {
    if (target?.readOnly && event.key.length === 1) desk.sayClosed();
    return;
  }
  stop(event);
  desk.act[name]();
}

// Until the next study is there nothing is written, for it would be written to the one before.
function isOpening({ wanted, sheet }) {
  return Boolean(wanted) && (wanted.study_id !== sheet.study.id || wanted.scheme_id !== sheet.scheme_id);
}

/** What a key does by name; "" for nothing. Each key does one thing; Shift turns two of them round. */
export function actOf(desk, event) {
  const key = (event.shiftKey && event.key === "Enter" ? "shift+" : "") + event.key.toLowerCase();
  if (key === "f2") return "find_codes";
  if (key === "f6") return event.shiftKey ? "previous_pane" : "next_pane";
  const name = Object.keys(desk.data.keys).find((one) => desk.data.keys[one] === key);
  if (name === "next_section" && event.shiftKey) return "previous_section";
  if (name && event.shiftKey && /^[a-z0-9]/.test(key) && !key.startsWith("shift+")) return "";
  return name ?? "";
}

function stop(event) {
  event.preventDefault();
  event.stopImmediatePropagation();
}

// In a text the browser's own undo takes back letters; everywhere else acts are taken back.
function undoPressed(desk, event, inText) {
  const key = event.key.toLowerCase();
  if (inText || !(key === "z" || (key === "y" && !event.shiftKey))) return;
  stop(event);
  if (key === "y" || event.shiftKey) desk.act.redo();
  else desk.act.undo();
}

// Escape closes what is offered, then leads back to where one is.
function goHome(desk, target, event) {
  const isHome = target?.closest?.("[data-question], [role=grid]");
  if (!desk.closeOffer() && !isHome) desk.act.here();
  stop(event);
}

function leaveField(desk, target, event) {
  if (target.getAttribute("role") === "combobox" && target.getAttribute("aria-expanded") === "true") return;
  if (target.type === "search" || target.closest(".editing")) return; // these have a meaning of their own for it
  const home = target.closest("[data-question]") ?? target.closest("[data-pane]") ?? desk.root;
  desk.commitAll();
  home.focus({ preventScroll: true });
  desk.left = home.dataset.question ?? "";
  stop(event);
}

/** The list of all keys, in which they can be changed. */
export function keysDialog(desk, { named, fixed, hinted, stays } = OF_DESK) {
  const list = make("dl", { class: "keys" });
  const told = make("p", { class: "fault", role: "status" });
  const element = make("dialog", { class: "keys-dialog", "aria-label": "All keys" }, make("h2", { text: "All keys" }), list, told,
    make("p", { class: "acts" }, button("Save my keys", () => save(), { class: "primary" }), button("Usual keys again", () => { desk.keepKeys({}); element.close(); }), button("Close", () => element.close())));
  let inputs = [];
  let waits = false;

  function open() {
    inputs = Object.entries(desk.data.keys).map(([name, key]) => ({ name, input: make("input", { type: "text", value: keyName(key), maxlength: "11", "aria-label": named[name] ?? name, class: "key" }) }));
    list.replaceChildren(...inputs.flatMap(({ name, input }) => [make("dt", { text: named[name] ?? name }), make("dd", {}, input)]),
      ...fixed.flatMap(([key, text]) => [make("dt", { text }), make("dd", {}, keyHint(key))]));
    setText(told, "");
    element.showModal();
  }

  function save() {
    waits = true;
    desk.keepKeys(Object.fromEntries(inputs.map(({ name, input }) => [name, input.value.trim().toLowerCase()])));
  }

  /** The server has said something: keys that were sent are kept, or stay open with why not. */
  function heard() {
    if (!waits) return;
    waits = false;
    setText(told, desk.data.keys_fault ?? "");
    if (!desk.data.keys_fault) element.close();
  }

  /** The hints at the foot. */
  function showHints(place) {
    const keys = { ...desk.data.keys, ...stays };
    const sign = JSON.stringify(keys);
    if (place.dataset.sign === sign) return;
    place.dataset.sign = sign;
    place.replaceChildren(...Object.entries(hinted).map(([name, text]) => button(text, () => { if (name !== "tick") desk.act[name](); }, { class: "hint", disabled: name === "tick" }, keyHint(keyName(keys[name])))));
    for (const name of SHOWN_ON_BUTTONS) {
      const target = keys[name] && desk.part[name];
      if (!target) continue;
      target.querySelector("kbd").textContent = keyName(keys[name]);
      target.setAttribute("aria-keyshortcuts", keys[name]);
    }
  }

  return { element, open, showHints, heard };
}
