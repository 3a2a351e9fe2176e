// Part of the map's viewer (see __init__.py): to which cell of the table a key leads.

const PAGE = 10; // rows
const STEPS = {
  ArrowDown: [1, 0, 1], ArrowUp: [-1, 0, 1], ArrowRight: [0, 1, 1], ArrowLeft: [0, -1, 1],
  PageDown: [1, 0, PAGE], PageUp: [-1, 0, PAGE], Home: [0, -1, Infinity], End: [0, 1, Infinity],
};

/** The cells of a table by row and column; one that spans several stands in each of them.
 *  @param {HTMLTableElement} table
 *  @returns {HTMLTableCellElement[][]} */
export function tableSlots(table) {
  const rows = [...table.rows];
  const slots = rows.map(() => []);
  rows.forEach((row, at) => {
    let column = 0;
    for (const cell of row.cells) {
      while (slots[at][column]) column++;
      for (let down = 0; down < cell.rowSpan; down++) for (let across = 0; across < cell.colSpan; across++) slots[at + down][column + across] = cell;
      column += cell.colSpan;
    }
  });
  return slots;
}

/** Where a key leads: to the next cell in its direction in which one can stand, or the last of them.
 *  @template C
 *  @param {C[][]} slots
 *  @param {{row: number, column: number}} from
 *  @param {string} key of the keyboard
 *  @param {boolean} whole with Ctrl: Home and End mean the table, not the row
 *  @param {(cell: C) => boolean} canStand
 *  @returns {{row: number, column: number}|null} null where nothing lies that way */
export function moveInSlots(slots, from, key, whole, canStand) {
  if (!(key in STEPS)) return null;
  if (whole && key === "Home") return firstStand(slots, canStand);
  if (whole && key === "End") return lastStand(slots, canStand);
  const [down, across, steps] = STEPS[key];
  let { row, column } = from;
  let last = slots[row]?.[column];
  let reached = null;
  for (let done = 0; done < steps;) {
    row += down;
    column += across;
    const cell = slots[row]?.[column];
    if (cell === undefined) break;
    if (cell === last || !canStand(cell)) continue;
    last = cell;
    reached = { row, column };
    done++;
  }
  return reached;
}

function firstStand(slots, canStand) {
  const row = slots.findIndex((cells) => cells.some(canStand));
  return row < 0 ? null : { row, column: slots[row].findIndex(canStand) };
}

function lastStand(slots, canStand) {
  const row = slots.findLastIndex((cells) => cells.some(canStand));
  return row < 0 ? null : { row, column: slots[row].findLastIndex(canStand) };
}
