// Part of the reconciling page (see __init__.py): findings that are one, field by field beside each
// other, or a finding that only one coding has.

import { activeElement, button, keyHint, make } from "../desk/dom.js";
import { FIELD_NAMES, fieldName, nameOf } from "../desk/findings.js";
import { CHANGED_SINCE, clashView, personOf, whoseChoice } from "./choice_words.js";
import { atKey, isOpen } from "./reconciled.js";
import { fieldText, noteView, quotesOf } from "./said_view.js";

const UNSHOWN = new Set(["position", "removed"]);
const VERY = 0.9; // likeness from which two findings are called very alike
const QUITE = 0.7;

/** What a group is called. */
export function groupName(desk, group, number) {
  return nameOf(desk.scheme, desk.sheet, { fields: group.now ?? group.members[0].fields }, number);
}

/** Why findings stand together, or why one stands alone. */
export function whyTogether(desk, group) {
  const people = group.members.map((one) => personOf(desk, one.coding_id));
  if (group.members.length === 1) {
    const near = group.maybe_part_of && atKey(desk.sheet, group.maybe_part_of);
    const part = near ? ` Perhaps it is a part of “${groupName(desk, near, 1 + desk.sheet.findings.indexOf(near))}”, which another coder put into one.` : "";
    return `${group.by_hand ? "By hand: only" : "Only"} ${people[0]} has this finding.${part}`;
  }
  const alike = group.by_hand ? "Put together by hand." : group.likeness >= VERY ? "Very alike." : group.likeness >= QUITE ? "Alike." : "Somewhat alike: please look whether it is one finding.";
  return alike + (group.is_swapped ? " One has the groups the other way round, so directions and signs may be turned." : "");
}

/** Fields of which any member says something, in the order of the form. */
export function fieldsShown(group) {
  const names = new Set(group.members.flatMap((one) => Object.keys(one.fields).filter((name) => !UNSHOWN.has(name) && one.fields[name].trim())));
  const order = Object.keys(FIELD_NAMES);
  const place = (name) => (order.includes(name) ? order.indexOf(name) : order.length);
  return [...names].sort((a, b) => place(a) - place(b) || (a < b ? -1 : 1));
}

export function groupView(desk, key) {
  const element = make("section", { class: "group", tabindex: "-1", role: "group", data: { key } });
  let sign = "";

  function update(group, number) {
    const clash = desk.clashAt(key);
    const near = group.maybe_part_of ? atKey(desk.sheet, group.maybe_part_of)?.key : "";
    const now = JSON.stringify([group, clash, desk.isClosed(), number, near, desk.sheet.findings.length]);
    element.classList.toggle("current", desk.current.key === key);
    element.tabIndex = desk.current.key === key ? 0 : -1;
    if (now === sign) return;
    sign = now;
    const within = element !== activeElement(desk.root) && element.contains(activeElement(desk.root));
    const name = groupName(desk, group, number);
    element.setAttribute("aria-label", `Finding: ${name}`);
    element.classList.toggle("open-place", isOpen(group));
    element.replaceChildren(
      make("h4", { dir: "auto", text: name }), make("p", { class: "small", text: whyTogether(desk, group) }),
      ...(group.has_changed ? [make("p", { class: "trouble", text: CHANGED_SINCE })] : []),
      make("div", { class: "wide-table" }, tableOf(group, name)), agreed(group, clash));
    if (within) element.focus({ preventScroll: true });
  }

  function tableOf(group, name) {
    const head = group.members.map((one, at) => {
      const person = personOf(desk, one.coding_id);
      const isTaken = group.chosen?.how === "taken" && group.chosen.sources[0]?.[0] === one.coding_id && group.chosen.sources[0]?.[1] === one.uid;
      return make("th", { scope: "col", class: isTaken ? "taken" : "" }, make("div", { text: person, dir: "auto" }),
        desk.isClosed() ? null : button(group.members.length > 1 ? "Take" : "Keep", () => desk.act.take(at + 1, key), { class: "small-button", "aria-pressed": String(Boolean(isTaken)), "aria-label": `Take the finding of ${person}: ${name}` }, keyHint(String(at + 1))),
        desk.isClosed() || group.members.length < 2 ? null : button("Not the same", () => desk.act.split(key, one), { class: "mini", "aria-label": `The finding of ${person} is another one` }, at === group.members.length - 1 ? keyHint(desk.keyFor("split")) : null));
    });
    const hasAgreed = Boolean(group.now);
    const rows = fieldsShown(group).map((field) => make("tr", { class: group.differing.includes(field) ? "differs" : "" },
      make("th", { scope: "row", text: fieldName(desk.scheme, field) }),
      ...group.members.map((one) => make("td", { dir: "auto", text: fieldText(desk, field, one.fields[field]) })),
      hasAgreed ? make("td", { class: "agreed", dir: "auto", text: fieldText(desk, field, group.now[field]) }) : null));
    const hasEffect = group.members.some((one) => one.effect);
    if (hasEffect) rows.push(make("tr", {}, make("th", { scope: "row", text: "Effect (computed)" }), ...group.members.map((one) => make("td", { text: one.effect || "–" })), hasAgreed ? make("td", {}) : null));
    const quoted = group.members.some((one) => one.quotations.length);
    return make("table", { class: "fields", "aria-label": name },
      make("thead", {}, make("tr", {}, make("td", {}), ...head, hasAgreed ? make("th", { scope: "col", text: "Agreed" }) : null)),
      make("tbody", {}, ...rows, quoted ? make("tr", {}, make("th", { scope: "row", text: "Quotations" }), ...group.members.map((one) => make("td", {}, quotesOf(desk, one.quotations))), hasAgreed ? make("td", {}) : null) : null));
  }

  function agreed(group, clash) {
    const { chosen } = group;
    const act = (text, name) => button(text, () => desk.act[name](key), { class: "small-button" }, keyHint(desk.keyFor(name)));
    return make("div", { class: "group-agreed" },
      make("p", { class: isOpen(group) ? "small" : "" }, make("span", { text: isOpen(group) ? "Open" : whoseChoice(desk, chosen) })),
      group.now && group.faults?.length ? make("ul", { class: "notices" }, ...group.faults.map((text) => make("li", { class: "fault", text }))) : null,
      chosen?.note ? noteView("Why: ", chosen.note) : null, clash ? clashView(desk, clash) : null,
      desk.isClosed() ? null : make("p", { class: "acts row-acts" },
        act("Other …", "other"), act("Drop …", "drop"), desk.sheet.findings.length > 1 ? act("The same as …", "pair") : null,
        act("Note", "note"), chosen ? act("Take back", "take_back") : null));
  }

  return { element, update };
}
