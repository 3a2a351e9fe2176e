// Part of the map's viewer (see __init__.py): a small box with the whole text of a heading or cell,
// shown for what the focus or the pointer is on. Escape closes it; the pointer may go into it.

import { element, idFor } from "./map_elements.js";

const WAIT_MS = 350; // of the pointer; the focus does not wait
const HINT_GAP = 6;

/** @param {(button: HTMLElement) => {title: string, texts: string[], isSaid: boolean}|null} wordsOf
 *    isSaid: whether the name of the button says all of it to a screen reader */
export function mapHint(wordsOf) {
  const box = element("div", { class: "map-hint", role: "tooltip", popover: "manual", id: idFor("hint") });
  let waiting = 0;
  let shownFor = null;

  function show(target, isPointer) {
    const button = target.closest("button");
    clearTimeout(waiting);
    if (button === shownFor) return;
    if (isPointer) waiting = setTimeout(() => draw(button), WAIT_MS);
    else if (button?.matches(":focus-visible")) draw(button);
  }

  function draw(button) {
    const words = button?.isConnected ? wordsOf(button) : null;
    if (!words) return close();
    box.replaceChildren(element("strong", { text: words.title, dir: "auto" }), ...words.texts.filter(Boolean).map((text) => element("p", { text, dir: "auto" })));
    shownFor?.removeAttribute("aria-describedby");
    shownFor = button;
    if (!words.isSaid) button.setAttribute("aria-describedby", box.id);
    if (!box.matches(":popover-open")) box.showPopover?.();
    const place = button.closest("th[scope=row]") ? beside : below;
    place(button.getBoundingClientRect(), box.getBoundingClientRect(), box.ownerDocument.documentElement);
  }

  // Below what it explains, else above; never over the edge of the window.
  function below(about, own, { clientWidth, clientHeight }) {
    const fits = about.bottom + HINT_GAP + own.height <= clientHeight;
    const top = fits ? about.bottom + HINT_GAP : about.top - HINT_GAP - own.height;
    put(Math.min(about.left, clientWidth - own.width - HINT_GAP), top);
  }

  // Beside the head of a row, so that the heads below it are seen.
  function beside(about, own, { clientWidth, clientHeight }) {
    put(Math.min(about.right + HINT_GAP, clientWidth - own.width - HINT_GAP), Math.min(about.top, clientHeight - own.height - HINT_GAP));
  }

  function put(left, top) {
    Object.assign(box.style, { top: `${Math.max(HINT_GAP, top)}px`, left: `${Math.max(HINT_GAP, left)}px` });
  }

  function close() {
    clearTimeout(waiting);
    shownFor?.removeAttribute("aria-describedby");
    shownFor = null;
    if (box.matches(":popover-open")) box.hidePopover();
  }

  function hide() {
    clearTimeout(waiting);
    waiting = setTimeout(() => { if (!box.matches(":hover")) close(); }, WAIT_MS);
  }

  box.addEventListener("pointerleave", hide);
  return { element: box, show, hide, close, isShown: () => Boolean(shownFor) };
}
