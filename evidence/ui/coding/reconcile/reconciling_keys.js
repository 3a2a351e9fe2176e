// Part of the reconciling page (see __init__.py): keys, and the list of all keys.

import { button, keyHint, make } from "../desk/dom.js";

const TYPED_IN = "textarea, select, input:not([type=checkbox]):not([type=radio])";
const PRESSED = "button, a, select, summary, [role=tab], [role=combobox]";
/** What keys do, in the order of their list. */
export const RECONCILING_KEYS = [
  ["enter", "next_open", "Next difference"], ["a", "take_agreeing", "Take all that agree"], ["b", "both", "Take both, or all"], ["o", "other", "Another answer or finding …"],
  ["n", "note", "Note on why"], ["u", "take_back", "Take back what was chosen"], ["z", "open_agreeing", "Take back all that were taken at once"], ["x", "drop", "Drop a finding …"], ["s", "split", "Not the same finding"], ["p", "pair", "The same finding as …"],
  ["m", "mine", "Where two chose: mine"], ["t", "theirs", "Where two chose: theirs"], ["c", "complete", "Complete, or reopen"], ["]", "next", "Next study to reconcile"], ["[", "previous", "Previous study"],
  ["g", "order", "Differences first, or the scheme’s order"], ["v", "text", "Show or hide the text"], ["/", "find_text", "Find in the text"], ["f6", "next_pane", "Text, or answers"], ["?", "keys", "All keys"],
];
const FIXED_HERE = [["1–9", "Take what a coder says; in another answer: tick"], ["↑ ↓", "The place above or below"], ["Ctrl+Enter", "Agree on what is written"], ["Esc", "Out of a field, or of what is written"]];
const HINTED_HERE = { next_open: "Next difference", take_agreeing: "All that agree", both: "Both", other: "Other", note: "Note", take_back: "Take back", keys: "All keys" };

/** What a key means, wherever the focus is; keys that Streamlit would take are ours here. */
export function reconcilingKey(desk, event) {
  if (event.isComposing || event.altKey) return;
  const path = event.composedPath();
  const [target] = path;
  if (!(path.includes(desk.root) || target === document.body || target === document.documentElement)) return;
  if (document.querySelector("[role=dialog], [role=listbox]") || desk.dialog.open) return;
  const halt = () => { event.preventDefault(); event.stopImmediatePropagation(); };
  const key = event.key.toLowerCase();
  const isWriting = desk.editing?.view.element.contains(target);
  if (event.ctrlKey || event.metaKey) {
    if (key === "enter" && desk.editing) { halt(); desk.act.agree(); }
    return;
  }
  const inText = target?.matches?.(TYPED_IN);
  if (key === "escape") {
    if (inText && (target.type === "search" || target.getAttribute("aria-expanded") === "true")) return;
    halt();
    if (desk.editing) desk.act.cancel();
    else if (desk.sheet && desk.current.key) desk.act.be(desk.current.key);
    return;
  }
  if (key === "f6" && desk.sheet) { halt(); desk.act.next_pane(); return; }
  if (inText) return;
  const digit = /^[1-9]$/.test(key) && !event.shiftKey ? Number(key) : 0;
  if (isWriting) { // there keys are those of its fields
    if (digit && desk.editing.view.tick(digit)) halt();
    return;
  }
  if (key === "enter" && target?.matches?.(PRESSED)) return;
  if (event.repeat && !key.startsWith("arrow")) return;
  const name = RECONCILING_KEYS.find(([one]) => one === key)?.[1];
  if (["previous", "next", "keys"].includes(name)) { halt(); desk.act[name](); return; }
  if (!desk.sheet) return;
  if (digit) { halt(); desk.act.take(digit); return; }
  if (key === "arrowdown" || key === "arrowup") {
    if (target?.closest?.("[data-pane=text]")) return;
    halt();
    desk.act[key === "arrowdown" ? "down" : "up"]();
    return;
  }
  if (!name || (event.shiftKey && /[a-z]/.test(key))) return;
  halt();
  if (name === "mine" || name === "theirs") {
    const clash = desk.clashAt(desk.current.key);
    if (clash) desk.act[name](clash.client_id);
  } else desk.act[name]();
}

const nameOfKey = (key) => ({ enter: "Enter", f6: "F6" })[key] ?? key.toUpperCase();

/** The list of all keys. */
export function reconcilingKeysList() {
  const element = make("dialog", { class: "keys-dialog", "aria-label": "All keys" }, make("h2", { text: "All keys" }),
    make("dl", { class: "keys" }, ...[...RECONCILING_KEYS.map(([key, , text]) => [nameOfKey(key), text]), ...FIXED_HERE].flatMap(([key, text]) => [make("dt", { text }), make("dd", {}, keyHint(key))])),
    make("p", { class: "acts" }, button("Close", () => element.close())));
  return element;
}

/** The hints at the foot. */
export function reconcilingHints(desk) {
  const keyFor = (name) => RECONCILING_KEYS.find((one) => one[1] === name)[0];
  return Object.entries(HINTED_HERE).map(([name, text]) => button(text, () => desk.act[name](), { class: "hint" }, keyHint(nameOfKey(keyFor(name)))));
}
