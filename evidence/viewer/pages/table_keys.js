// Part of the map's viewer (see __init__.py): a table of buttons as one stop of the tab key, in which
// arrows lead from cell to cell.

import { moveInSlots, tableSlots } from "../map_moves.js";

/** Gives a table its keys. Each button says by data-key which it is, so that its stop can be found
 *  again when the table is drawn anew.
 *  @param {HTMLTableElement} table
 *  @param {string} key  of the button that is to be the stop; else the first is */
export function keyedTable(table, key = "") {
  const buttons = [...table.querySelectorAll("button")];
  let slots = null;
  let stop = null;

  function stand(button) {
    if (!button) return;
    stop?.setAttribute("tabindex", "-1");
    stop = button;
    stop.setAttribute("tabindex", "0");
  }

  function onKey(event) {
    const button = event.target.closest("button");
    if (!button || event.altKey || event.shiftKey) return;
    slots ??= tableSlots(table);
    const cell = button.closest("td, th");
    const row = slots.findIndex((cells) => cells.includes(cell));
    const aside = { ArrowLeft: button.previousElementSibling, ArrowRight: button.nextElementSibling }[event.key];
    const to = moveInSlots(slots, { row, column: slots[row].indexOf(cell) }, event.key, event.ctrlKey || event.metaKey, (one) => Boolean(one.querySelector("button")));
    const next = aside?.matches("button") ? aside : to && slots[to.row][to.column].querySelector("button");
    if (!next) return;
    event.preventDefault();
    event.stopPropagation();
    stand(next);
    next.focus();
  }

  for (const button of buttons) button.setAttribute("tabindex", "-1");
  stand(buttons.find((button) => button.dataset.key === key) ?? buttons[0]);
  table.addEventListener("keydown", onKey);
  table.addEventListener("focusin", (event) => stand(event.target.closest("button")));
  return { stopKey: () => stop?.dataset.key ?? "" };
}
