// Part of the reconciling page (see __init__.py): choices in words, and those that clash.

import { button, keyHint, make } from "../desk/dom.js";
import { labelOf } from "../desk/scheme.js";

/** Whose answer or finding was chosen, and by whom. Of findings the first is the one that was taken. */
export function whoseChoice(desk, chosen) {
  const isFinding = Boolean(chosen.sources[0]?.[1]);
  const names = [...new Set((isFinding ? chosen.sources.slice(0, 1) : chosen.sources).map(([id]) => personOf(desk, id)))];
  const words = { taken: `As ${names.length > 1 && names.length === desk.sheet.coders.length ? (names.length === 2 ? "both" : "all") : names.join(" and ")}`, other: "Another than any", dropped: "Dropped", together: "One finding" };
  return [words[chosen.how] ?? "", chosen.person ? `chosen by ${chosen.person}` : ""].filter(Boolean).join(" · ");
}

export function personOf(desk, codingId) {
  return desk.sheet.coders.find((coder) => coder.coding_id === codingId)?.person ?? "somebody";
}

/** A message in words, for what clashes or was refused. */
export function messageWords(desk, message) {
  if (message.kind === "open_agreeing") return "take back what was taken at once";
  if (message.kind === "open") return "take back what was chosen";
  if (message.kind === "group") return "these are one finding";
  if (message.dropped) return `drop the finding${message.note ? `: ${message.note}` : ""}`;
  if (message.taken) return `the finding of ${personOf(desk, message.taken[0])}`;
  if (message.fields) return "another finding";
  if (message.sources) return `as ${message.sources.map((id) => personOf(desk, id)).join(" and ")}`;
  const codes = (message.codes ?? []).map((code) => labelOf(desk.scheme, message.question, code));
  return [...codes, message.value].filter(Boolean).join(", ") || "no answer";
}

/** Two people chose in one place: what is there stands above, what one chose oneself here. */
export function clashView(desk, message) {
  return make("div", { class: "clash", role: "group", "aria-label": "Two choices" },
    make("p", { text: "Somebody else chose here meanwhile; that is shown above and counts. Which one is it to be?" }),
    make("p", {}, make("b", { text: "You: " }), make("q", { dir: "auto", text: messageWords(desk, message) })),
    button("Mine", () => desk.act.mine(message.client_id), { class: "small-button" }, keyHint(desk.keyFor("mine"))),
    button("Theirs", () => desk.act.theirs(message.client_id), { class: "small-button" }, keyHint(desk.keyFor("theirs"))));
}

/** What stands at a choice whose source says something else by now. */
export const CHANGED_SINCE = "What was taken has changed since: choose again.";

/** What is said of agreed findings that no coding has any more; "" where there is none. */
export function goneWords(sheet) {
  const { length } = sheet.gone ?? [];
  if (!length) return "";
  return `${length === 1 ? "An agreed finding rests" : `${length} agreed findings rest`} on what no coding has any more; completing takes ${length === 1 ? "it" : "them"} out.`;
}
