// Part of the map's viewer (see __init__.py): keeps the cell whose studies are listed in sight, beside its
// heads, though the list takes room; and leads back to where one was.

/** By how much to scroll so that something lies between two points, or begins there where it is longer. */
export function scrollBetween(start, end, from, to) {
  if (start >= from && end <= to) return 0;
  return start < from || end - start > to - from ? start - from : end - to;
}

/** @param {HTMLElement} scroll
 *  @param {HTMLTableElement} table in it, whose head, foot and first column stay
 *  @returns {{note: () => void, show: (button: HTMLElement|null, cover: HTMLElement) => void, back: () => void}}
 *    note: before the list opens; show: afterwards, `cover` being the list; back: after it was closed */
export function tableScroll(scroll, table) {
  let from = null; // where one was before
  let shown = null; // where `show` has led; who scrolled on from there comes back to where they went

  const here = () => [scroll.scrollLeft, scroll.scrollTop];
  const isAt = (place) => place?.every((points, at) => Math.abs(points - here()[at]) < 2);

  function note() {
    if (!isAt(shown)) from = here();
  }

  function show(button, cover) {
    if (!button) return;
    const [box, cell, list] = [scroll, button.closest("td, th"), cover].map((one) => one.getBoundingClientRect());
    const head = table.tHead.getBoundingClientRect();
    const side = table.tBodies[0].rows[0]?.cells[0].getBoundingClientRect();
    const foot = table.tFoot.getBoundingClientRect();
    const left = box.left + (side?.width ?? 0);
    const right = list.left > left + cell.width && list.top < box.bottom ? Math.min(box.left + scroll.clientWidth, list.left) : box.left + scroll.clientWidth;
    if (!button.closest("thead, tfoot")) scroll.scrollTop += scrollBetween(cell.top, cell.bottom, box.top + head.height, box.top + scroll.clientHeight - foot.height);
    if (!button.closest("[scope=row]")) scroll.scrollLeft += scrollBetween(cell.left, cell.right, left, right);
    shown = here();
  }

  function back() {
    if (from) scroll.scrollTo(...from);
    from = null;
    shown = null;
  }

  return { note, show, back };
}
