// Part of the coding desk (see __init__.py): the arms and time points of a study, as small lists.

import { arrange, button, keyed, make } from "./dom.js";
import { newUid } from "./edits.js";
import { textField } from "./fields.js";
import { peopleOffered } from "./people.js";
import { standing } from "./sheet.js";

export function armsAndTimes(desk) {
  const arms = editedList(desk, "arm", "arms", "Arms", "Arm", [["label", "Name of the arm", ""], ["people", "People in the arm", "people"]]);
  const times = editedList(desk, "time_point", "time_points", "Times", "Time", [["label", "Time point", "18 months"]]);
  return { elements: [arms.element, times.element], update() { arms.update(); times.update(); } };
}

function editedList(desk, kind, property, title, one, columns) {
  const rows = new Map();
  const list = make("ul", { class: "small-list", "aria-label": title });
  const add = button(`+ ${one}`, () => {
    const uid = newUid();
    if (desk.isClosed()) return desk.sayClosed();
    const label = kind === "arm" ? `Arm ${standing(desk.sheet[property]).length + 1}` : "";
    if (label) desk.write({ kind, uid, field: "label", after: label });
    else begun.add(uid);
    update();
    rows.get(uid).fields[0].input.focus();
    rows.get(uid).fields[0].input.select();
  }, { class: "small-button" });
  const element = make("div", { class: "list-part" }, make("h3", {}, make("span", { text: title }), add), list);
  const begun = new Set(); // rows without a name, which are nowhere until they get one

  function rowView(uid) {
    const fields = columns.map(([field, label, placeholder]) => textField(desk, () => ({ kind, uid, field }), { label, placeholder, cls: field, inputmode: field === "people" ? "numeric" : null }));
    const remove = button("×", () => {
      if (desk.isClosed()) return desk.sayClosed();
      begun.delete(uid);
      if (desk.write({ kind, uid, field: "removed", after: "yes" })) desk.act.offerUndo(`${one} removed.`);
      update();
    }, { class: "mini when-open", "aria-label": `Remove this ${one.toLowerCase()}` });
    const offers = make("div", { class: "offered", hidden: true });
    return { element: make("li", {}, ...fields.flatMap((field) => field.elements), remove, offers), fields, update: () => { fields.forEach((field) => field.update()); showOffers(offers, uid); } };
  }

  // People that stand in an answer already are taken with one press.
  function showOffers(list, uid) {
    const offered = kind === "arm" && !desk.isClosed() ? peopleOffered(desk.scheme, desk.sheet, uid) : [];
    const sign = JSON.stringify(offered);
    if (list.dataset.sign === sign) return;
    list.dataset.sign = sign;
    list.hidden = !offered.length;
    list.replaceChildren(...offered.map(({ people, from }) => button(`Take ${people} (${from})`, () => {
      desk.write({ kind, uid, field: "people", after: people });
      rows.get(uid)?.fields[1].input.focus();
    }, { class: "small-button", "aria-label": `Take ${people} for ${desk.armLabel(uid)}, from ${from}` })));
  }

  function update() {
    add.hidden = desk.isClosed();
    const known = standing(desk.sheet[property]);
    for (const row of known) begun.delete(row.uid);
    const uids = [...known.map((row) => row.uid), ...begun];
    const views = keyed(rows, uids.map((uid) => ({ key: uid })), ({ key }) => rowView(key));
    for (const view of views) view.update();
    arrange(list, views.map((view) => view.element));
  }

  return { element, update };
}
