// Part of the coding desk (see __init__.py): a field that finds one of many by typing. Enter chooses
// one; what was typed and chose nothing goes, and what was chosen before stays.

import { fieldOf } from "./sheet.js";
import { button, freshId, make, setAttribute } from "./dom.js";
import { remarkOn } from "./fields.js";
import { bestHit, folded } from "./tree_rows.js";

const OFFERED = 50;

const nameOfOffer = (one) => one.name ?? one.label;

/** Offers whose name begins so come first, then those in which a word does; else as they were.
 *  @param {{id: string, label: string, name?: string}[]} options */
export function inOrderOfFit(options, typed, all = false) {
  const sought = folded(typed.trim());
  if (all || !sought) return options;
  const fit = (one) => {
    const name = folded(nameOfOffer(one));
    return name.startsWith(sought) ? 0 : name.split(/[^\p{L}\p{N}]+/u).some((word) => word.startsWith(sought)) ? 1 : 2;
  };
  const fits = new Map(options.map((one) => [one, fit(one)]));
  return [...options].sort((a, b) => fits.get(a) - fits.get(b));
}

// A list that is wider than its field goes over the edge of its pane at one side only.
function turnInwards(list) {
  list.classList.remove("leftwards");
  const frame = list.closest(".scroll")?.getBoundingClientRect();
  if (!list.hidden && frame && list.getBoundingClientRect().right > frame.right) list.classList.add("leftwards");
}

/** @param options a function that gives [{id, label, name?}] in the order to offer them; the name is
 *    what stands in the field, where that is shorter; toCode gives what a stored code counts as */
export function comboField(desk, about, { label, options, toCode = (code) => code }) {
  const listId = freshId("list");
  const input = make("input", { type: "text", role: "combobox", "aria-label": label, "aria-expanded": "false", "aria-controls": listId,
    "aria-autocomplete": "list", autocomplete: "off", spellcheck: "false", placeholder: "Type to find" });
  const list = make("ul", { role: "listbox", id: listId, class: "offers", hidden: true, "aria-label": label });
  const clear = button("×", () => { choose(""); input.focus(); }, { class: "mini clear", "aria-label": `Clear: ${label}`, tabindex: "-1" });
  const remark = remarkOn(desk, about);
  let offered = [];
  let at = -1;
  const labelOfNow = () => {
    const now = toCode(String(fieldOf(desk.sheet, about()) ?? ""));
    const chosen = now && options().find((one) => one.id === now);
    return chosen ? nameOfOffer(chosen) : now;
  };
  const close = () => {
    list.hidden = true;
    at = -1;
    input.setAttribute("aria-expanded", "false");
    input.removeAttribute("aria-activedescendant");
  };
  const choose = (id) => {
    close();
    if (desk.isClosed(about())) desk.sayClosed();
    else desk.write({ ...about(), after: id });
    input.value = labelOfNow();
  };
  const mark = (next) => {
    at = next;
    [...list.children].forEach((row, n) => setAttribute(row, "aria-selected", n === at ? "true" : "false"));
    setAttribute(input, "aria-activedescendant", list.children[at]?.id);
    list.children[at]?.scrollIntoView({ block: "nearest" });
  };
  const offer = (all) => {
    const words = all ? [] : folded(input.value).split(/\s+/).filter(Boolean);
    offered = inOrderOfFit(options().filter((one) => words.every((word) => folded(one.label).includes(word))), input.value, all).slice(0, OFFERED);
    list.replaceChildren(...offered.map((one) => make("li", { role: "option", id: freshId("offer"), text: one.label, "aria-selected": "false",
      on: { pointerdown: (event) => { event.preventDefault(); choose(one.id); } } })));
    if (!offered.length && words.length) list.replaceChildren(make("li", { role: "option", "aria-disabled": "true", "aria-selected": "false", class: "no-match", text: "No match" }));
    list.hidden = !list.children.length;
    if (!offered.length && words.length) desk.say("No match.");
    turnInwards(list);
    input.setAttribute("aria-expanded", String(!list.hidden));
    const best = all ? null : bestHit(offered.map((one) => ({ id: one.id, label: nameOfOffer(one) })), input.value) ?? offered[0];
    mark(best ? offered.findIndex((one) => one.id === best.id) : -1);
  };
  input.addEventListener("input", () => offer(false));
  input.addEventListener("focus", () => input.select());
  input.addEventListener("pointerdown", () => { if (list.hidden) offer(true); });
  input.addEventListener("blur", () => { close(); input.value = labelOfNow(); });
  input.addEventListener("keydown", (event) => {
    if (event.isComposing) return;
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step) {
      if (list.hidden) {
        offer(input.value === labelOfNow());
        if (at < 0 && offered.length) mark(Math.max(0, offered.findIndex((one) => one.id === toCode(String(fieldOf(desk.sheet, about()) ?? "")))));
      } else mark(Math.min(offered.length - 1, Math.max(0, at + step)));
    } else if (event.key === "Enter" && !list.hidden && at >= 0) choose(offered[at].id);
    else if (event.key === "Enter" && input.value === "" && labelOfNow()) choose("");
    else if (event.key === "Escape" && (!list.hidden || input.value !== labelOfNow())) { close(); input.value = labelOfNow(); }
    else return;
    event.preventDefault();
    event.stopPropagation();
  });
  const field = {
    input,
    elements: [make("div", { class: "combo" }, input, clear, list), ...remark.elements],
    commit() {},
    update() {
      if (list.hidden && input.value !== labelOfNow()) input.value = labelOfNow();
      clear.hidden = !fieldOf(desk.sheet, about());
      remark.update();
    },
  };
  field.update();
  return field;
}
