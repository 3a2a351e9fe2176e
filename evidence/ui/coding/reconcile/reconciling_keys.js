// Part of the reconciling page (see __init__.py): keys, and the list of all keys.

import { actOf } from "../desk/keys.js";

const TYPED_IN = "textarea, select, input:not([type=checkbox]):not([type=radio])";
const PRESSED = "button, a, select, summary, [role=tab], [role=combobox]";
const ANYTIME = ["previous", "next", "keys"]; // also where there is no study
/** What the list of keys says; the usual keys are in evidence/coding/keyboard.py. */
export const KEYS_HERE = {
  named: {
    next_open: "Next difference", take_agreeing: "Take all that agree", open_agreeing: "Take back all that were taken at once", both: "Take both, or all", other: "Another answer or finding …",
    note: "Note on why", take_back: "Take back what was chosen", drop: "Drop a finding …", split: "Not the same finding", pair: "The same finding as …", mine: "Where two chose: mine", theirs: "Where two chose: theirs",
    complete: "Complete, or reopen", next: "Next study to reconcile", previous: "Previous study", order: "Differences first, or the scheme’s order", text: "Show or hide the text", find_text: "Find in the text", keys: "All keys",
  },
  fixed: [["1–9", "Take what a coder says; in another answer: tick"], ["↑ ↓", "The place above or below"], ["F6", "Text, or answers"], ["Ctrl+Enter", "Agree on what is written"], ["Esc", "Out of a field, or of what is written"]],
  hinted: { next_open: "Next difference", take_agreeing: "All that agree", both: "Both", other: "Other", note: "Note", take_back: "Take back", keys: "All keys" },
  stays: {},
};

/** What a key means, wherever the focus is; keys that Streamlit would take are ours here. */
export function reconcilingKey(desk, event) {
  if (event.isComposing || event.altKey) return;
  const path = event.composedPath();
  const [target] = path;
  if (!(path.includes(desk.root) || target === document.body || target === document.documentElement)) return;
  if (document.querySelector("[role=dialog], [role=listbox]") || desk.dialog.element.open) return;
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
  const name = actOf(desk, event);
  if (ANYTIME.includes(name)) { halt(); desk.act[name](); return; }
  if (!desk.sheet) return;
  if (digit) { halt(); desk.act.take(digit); return; }
  if (key === "arrowdown" || key === "arrowup") {
    if (target?.closest?.("[data-pane=text]")) return;
    halt();
    desk.act[key === "arrowdown" ? "down" : "up"]();
    return;
  }
  if (!Object.hasOwn(desk.data.keys, name)) return;
  halt();
  if (name === "mine" || name === "theirs") {
    const clash = desk.clashAt(desk.current.key);
    if (clash) desk.act[name](clash.client_id);
  } else desk.act[name]();
}
