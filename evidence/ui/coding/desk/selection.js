// Part of the coding desk (see __init__.py): what is selected in a text, by mouse or keys, also
// within a shadow root.

/** The selection as two ends in the page's tree; null where nothing is selected.
 *  @param {ShadowRoot|Document} root */
export function selectedRange(root) {
  const selection = document.getSelection();
  const range = selection?.getComposedRanges ? selection.getComposedRanges({ shadowRoots: root === document ? [] : [root] })[0] : root.getSelection?.().getRangeAt?.(0);
  if (!range || (range.startContainer === range.endContainer && range.startOffset === range.endOffset)) return null;
  return range;
}

/** Whether a place on the screen lies in what is selected. */
export function isInSelection(root, { clientX: x, clientY: y }) {
  const selected = selectedRange(root);
  if (!selected) return false;
  const range = document.createRange();
  range.setStart(selected.startContainer, selected.startOffset);
  range.setEnd(selected.endContainer, selected.endOffset);
  return [...range.getClientRects()].some((box) => x >= box.left && x <= box.right && y >= box.top && y <= box.bottom);
}

export function unselect() {
  document.getSelection()?.removeAllRanges();
}

/** How many letters of an element's text lie before a place in it. */
export function placeIn(element, node, offset) {
  const before = document.createRange();
  before.selectNodeContents(element);
  const side = before.comparePoint(node, offset);
  if (side < 0) return 0;
  if (side > 0) return element.textContent.length;
  before.setEnd(node, offset);
  return before.toString().length;
}

/** Selects letters of an element's text. */
export function select(element, from, to) {
  const [start, end] = [pointAt(element, from), pointAt(element, to)];
  document.getSelection().setBaseAndExtent(start.node, start.offset, end.node, end.offset);
}

function pointAt(element, place) {
  const walker = document.createTreeWalker(element, NodeFilter.SHOW_TEXT);
  let left = place;
  let last = { node: element, offset: 0 };
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    if (left <= node.length) return { node, offset: left };
    left -= node.length;
    last = { node, offset: node.length };
  }
  return last;
}

/** The box of letters on the screen. */
export function boxOf(element, from, to) {
  const range = document.createRange();
  const [start, end] = [pointAt(element, from), pointAt(element, to)];
  range.setStart(start.node, start.offset);
  range.setEnd(end.node, end.offset);
  return range.getBoundingClientRect();
}
