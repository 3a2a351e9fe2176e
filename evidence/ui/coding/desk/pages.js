// Part of the coding desk (see __init__.py): a document page by page. A page is a picture under words
// that can be selected; it is fetched when it comes near. The routes are in
// evidence/ui/screening/full_text_routes.py.

import { make } from "./dom.js";
import { fromCharacters } from "./quotations.js";
import { isInSelection, select, unselect } from "./selection.js";

const SOFT_HYPHEN = /\u00ad/;
const WIDTHS = [800, 1200, 1800]; // pixels of a picture
const MOVED = 4; // pixels from which on a press is a selection
const EDGE = 12; // pixels at the edge of the pane in which a selection scrolls it
const MEASURED = 100; // pixels of the letters that are measured

/** @typedef {{number: number, box: HTMLElement, layer: HTMLElement, marks: HTMLElement, text: string, words: any[], asked: boolean, loaded: boolean}} DocumentPage */

/** Shows a document in an element.
 *  @param told {changed, place}: called when another page can be quoted, and with what page is seen
 *  @returns {{texts: () => any[], find: (words: string, goes?: boolean) => void, step: (by: number) => void, open: (quoted: any) => boolean, goTo: (page: number, down?: number) => void, place: () => {page: number, down: number}, leave: () => void}} */
export function openPages(document, reading, told) {
  const address = `full-text/${document.id}`;
  const pages = [];
  let found = { words: "", places: [], at: -1, complete: true };
  let wanted = null; // {page, start and end, or down}: to go to when its page is there
  let left = false;
  reading.replaceChildren(make("p", { class: "small", text: "Loading the pages …" }));
  const near = new IntersectionObserver((entries) => entries.forEach((entry) => { if (entry.isIntersecting) fetchPage(pages[Number(entry.target.dataset.page) - 1]); }), { root: reading, rootMargin: "600px" });
  const seen = new IntersectionObserver(() => tellPlace(), { root: reading, threshold: [0, 0.25, 0.5, 0.75] });
  reading.onmousedown = press;
  begin();

  async function begin() {
    const answer = await fetched(`${address}/pages`);
    if (left) return;
    if (answer.fault) return void reading.replaceChildren(make("p", { class: "fault", text: answer.fault }), link());
    reading.replaceChildren(...answer.pages.map(([width, height], at) => {
      const layer = make("div", { class: "words" });
      const marks = make("div", { class: "marks", "aria-hidden": "true" });
      const box = make("div", { class: "paper", data: { page: at + 1 }, role: "group", "aria-label": `Page ${at + 1}` }, marks, layer);
      box.style.aspectRatio = `${width} / ${height}`;
      pages.push({ number: at + 1, box, layer, marks, width, height, text: "", words: [], asked: false, loaded: false });
      near.observe(box);
      seen.observe(box);
      return box;
    }), link());
    if (wanted) scrollTo(wanted.page);
    tellPlace();
  }

  function link() {
    return make("p", { class: "small" }, make("a", { href: address, target: "_blank", rel: "noopener noreferrer", text: `Open ${document.name} as a file` }));
  }

  async function fetchPage(page) {
    if (page.asked) return;
    page.asked = true;
    page.wide = widthFor(page);
    page.picture = make("img", { src: picture(page), alt: "", draggable: "false" });
    page.box.prepend(page.picture);
    const answer = await fetched(`${address}/pages/${page.number}`);
    if (left) return;
    if (answer.fault || answer.message) page.box.append(make("p", { class: "page-told", text: answer.fault || answer.message }));
    if (answer.fault) { page.asked = false; return; }
    page.text = answer.text;
    layWords(page, answer);
    page.loaded = true;
    told.changed();
    if (wanted?.page === page.number) arrive(page);
  }

  function picture(page) {
    return `${address}/pages/${page.number}/picture?width=${page.wide}`;
  }

  function widthFor(page) {
    const pixels = page.box.clientWidth * (window.devicePixelRatio || 1);
    return WIDTHS.find((one) => one >= pixels) ?? WIDTHS.at(-1);
  }

  /** Pages that are shown larger get larger pictures. */
  function sharpen() {
    for (const page of pages) {
      if (!page.picture || widthFor(page) <= page.wide) continue;
      page.wide = widthFor(page);
      page.picture.src = picture(page);
    }
  }

  function texts() {
    return pages.filter((page) => page.loaded && page.text).map((page) => ({
      id: `file:${document.id}`, page: page.number, element: page.layer, text: page.text, words: page.words, draw: (spans) => drawMarks(page, spans),
      hits: () => found.places.filter((place) => place.page === page.number).map(({ start, end }) => [fromCharacters(page.text, start), fromCharacters(page.text, end)]),
      get sign() { return page.sign; }, set sign(value) { page.sign = value; },
    }));
  }

  // ── selecting with the mouse ───────────────────────────────────────────────────────────────────

  // Whole words, as they are quoted: where words lie apart, Chromium often loses where a selection began.
  function press(event) {
    const page = pages.find((one) => one.words.length && event.composedPath().includes(one.layer));
    if (!page || event.button || event.shiftKey || isInSelection(reading.getRootNode(), event)) return; // what is selected can be dragged
    event.preventDefault();
    reading.focus({ preventScroll: true });
    unselect();
    const first = nearestWord(page, event);
    if (event.detail > 1) return void select(page.layer, first.from, first.to);
    let moves = false;
    const move = (moved) => {
      moves ||= Math.hypot(moved.clientX - event.clientX, moved.clientY - event.clientY) >= MOVED;
      if (!moves) return;
      const frame = reading.getBoundingClientRect();
      if (moved.clientY > frame.bottom - EDGE) reading.scrollTop += EDGE;
      else if (moved.clientY < frame.top + EDGE) reading.scrollTop -= EDGE;
      const last = nearestWord(page, moved);
      select(page.layer, Math.min(first.from, last.from), Math.max(first.to, last.to));
    };
    const end = () => { window.removeEventListener("mousemove", move); window.removeEventListener("mouseup", end); };
    window.addEventListener("mousemove", move);
    window.addEventListener("mouseup", end);
    return undefined;
  }

  // ── finding and going ──────────────────────────────────────────────────────────────────────────

  // `goes`: to the first place.
  async function find(words, goes = true) {
    found = { words, places: [], at: -1, complete: true };
    told.changed();
    if (!words) return undefined;
    told.place("Searching …");
    const answer = await fetched(`${address}/search?words=${encodeURIComponent(words)}`);
    if (left || found.words !== words) return undefined;
    if (answer.fault) return told.place(answer.fault);
    found = { words, places: answer.found, at: -1, complete: answer.is_complete };
    told.changed();
    return goes ? step(1) : undefined;
  }

  function step(by) {
    const { places } = found;
    if (!places.length) return;
    found.at = (found.at + by + places.length) % places.length;
    const place = places[found.at];
    wanted = { page: place.page, start: place.start, end: place.end };
    scrollTo(place.page);
  }

  /** @param down how far down the page, as a share of its height */
  function goTo(number, down = 0) {
    wanted = { page: number, down };
    scrollTo(number);
  }

  // Only the pane is scrolled: with scrollIntoView what lies around it goes along.
  function scrollTo(number) {
    const page = pages[number - 1];
    if (!page) return;
    if (page.loaded || wanted?.down !== undefined) arrive(page);
    else reading.scrollTop = page.box.offsetTop;
  }

  // To the place itself, which is known only when the words of the page are there.
  function arrive(page) {
    const { start, end, down } = wanted;
    wanted = null;
    if (down !== undefined) return void (reading.scrollTop = page.box.offsetTop + down * page.box.offsetHeight);
    const [box] = boxesOf(page, fromCharacters(page.text, start), fromCharacters(page.text, end));
    if (!box) return void (reading.scrollTop = page.box.offsetTop);
    const top = page.box.offsetTop + (box[1] / page.height) * page.box.offsetHeight;
    reading.scrollTop = top - reading.clientHeight / 3;
    reading.scrollLeft = page.box.offsetLeft + (box[0] / page.width) * page.box.offsetWidth - reading.clientWidth / 3;
    const flash = make("div", { class: "flash" });
    place(flash, box, page);
    page.marks.append(flash);
    setTimeout(() => flash.remove(), 1500);
    return undefined;
  }

  function open(quoted) {
    wanted = { page: quoted.page, start: quoted.start, end: quoted.end };
    scrollTo(quoted.page);
    return true;
  }

  function tellPlace() {
    const top = reading.scrollTop + reading.clientHeight / 3;
    const here = pages.findLast((page) => page.box.offsetTop <= top) ?? pages[0];
    told.seen(here?.number ?? 0, pages.length);
  }

  /** Where the top of the pane is. */
  function placeNowRead() {
    if (!pages.length) return { page: wanted?.page ?? 0, down: wanted?.down ?? 0 };
    const page = pages.findLast((one) => one.box.offsetTop <= reading.scrollTop + 1) ?? pages[0];
    return { page: page.number, down: Math.min(1, Math.max(0, (reading.scrollTop - page.box.offsetTop) / (page.box.offsetHeight || 1))) };
  }

  /** The place of the search that is shown: its page, and letters of that; null where none is. */
  function foundPlace() {
    const hit = found.places[found.at];
    const page = hit && pages[hit.page - 1];
    return page?.loaded ? { page: page.number, from: fromCharacters(page.text, hit.start), to: fromCharacters(page.text, hit.end) } : null;
  }

  return { texts, find, step, open, goTo, sharpen, place: placeNowRead, foundPlace, count: () => found, leave() { left = true; reading.onmousedown = null; near.disconnect(); seen.disconnect(); } };
}

async function fetched(address) {
  try {
    const answer = await fetch(address, { credentials: "same-origin" });
    if (answer.ok && (answer.headers.get("content-type") ?? "").includes("json")) return await answer.json();
    return { fault: answer.ok ? "The server did not give this." : await answer.text() };
  } catch {
    return { fault: "The server does not answer; open the document again in a moment." };
  }
}

// Words lie where they stand on the picture, with the signs between them, so that what is selected
// and copied is the text of the page, letter by letter.
function layWords(page, { text, words }) {
  const letters = [...text];
  const parts = [];
  let at = 0;
  for (const [start, end, ...boxes] of words) {
    if (start > at) parts.push(document.createTextNode(letters.slice(at, start).join("")));
    const pieces = piecesOf(letters.slice(start, end).join(""));
    pieces.forEach((piece, n) => {
      const box = boxes[Math.min(n, boxes.length - 1)];
      const word = make("span", { text: piece });
      place(word, box, page);
      const height = box[3] - box[1];
      word.style.fontSize = `${(100 * height) / page.width}cqw`;
      const natural = widthOf(piece) * (height / MEASURED);
      if (natural > 0) word.style.transform = `scaleX(${((box[2] - box[0]) / natural).toFixed(4)})`;
      parts.push(word);
    });
    page.words.push({ from: start, to: end, boxes });
    at = end;
  }
  parts.push(document.createTextNode(letters.slice(at).join("")));
  page.layer.replaceChildren(...parts);
  for (const word of page.words) { // places of JavaScript from here on
    word.from = fromCharacters(text, word.from);
    word.to = fromCharacters(text, word.to);
  }
}

function piecesOf(word) {
  const pieces = word.split(SOFT_HYPHEN);
  const cut = pieces.slice(0, -1).map((piece) => piece + "\u00ad");
  return pieces.at(-1) ? [...cut, pieces.at(-1)] : cut;
}

let pen = null;
function widthOf(text) {
  pen ??= document.createElement("canvas").getContext("2d");
  pen.font = `${MEASURED}px serif`;
  return pen.measureText(text).width;
}

function place(element, [left, top, right, bottom], page) {
  Object.assign(element.style, { left: `${(100 * left) / page.width}%`, top: `${(100 * top) / page.height}%`,
    width: `${(100 * (right - left)) / page.width}%`, height: `${(100 * (bottom - top)) / page.height}%` });
}

function boxesOf(page, from, to) {
  return page.words.filter((word) => word.from < to && word.to > from).flatMap((word) => word.boxes);
}

// The word at a place on the screen, or next to it; lines count for more than what stands beside.
function nearestWord(page, { clientX, clientY }) {
  const frame = page.box.getBoundingClientRect();
  const x = ((clientX - frame.left) / frame.width) * page.width;
  const y = ((clientY - frame.top) / frame.height) * page.height;
  let nearest = null;
  let least = Infinity;
  for (const word of page.words) {
    for (const [left, top, right, bottom] of word.boxes) {
      const far = Math.max(left - x, 0, x - right) + 2 * Math.max(top - y, 0, y - bottom);
      if (far < least) [nearest, least] = [word, far];
    }
  }
  return nearest;
}

// Boxes of a line are joined, so that a marked sentence is a band and no row of patches.
function drawMarks(page, spans) {
  page.marks.replaceChildren(...spans.flatMap((span) => lines(boxesOf(page, span.from, span.to)).map((box) => {
    const mark = make("mark", { class: span.uid.startsWith("hit ") ? "hit" : span.own ? "own" : "other", data: { quotes: span.uid.startsWith("hit ") ? "" : span.uid } });
    place(mark, box, page);
    return mark;
  })));
}

function lines(boxes) {
  const found = [];
  for (const [left, top, right, bottom] of boxes) {
    const last = found.at(-1);
    const middle = (top + bottom) / 2;
    if (last && middle > last[1] && middle < last[3] && left >= last[0] && left - last[2] < bottom - top) {
      last[1] = Math.min(last[1], top); last[2] = Math.max(last[2], right); last[3] = Math.max(last[3], bottom);
    } else found.push([left, top, right, bottom]);
  }
  return found;
}
