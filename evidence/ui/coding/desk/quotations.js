// Part of the coding desk (see __init__.py): quotations and where they stand in a text. Places are
// counted in characters as Python counts them, which is not as JavaScript does beyond U+FFFF.

import { MANY } from "./scheme.js";
import { chosenCodes } from "./sheet.js";
import { folded } from "./tree_rows.js";

const MOST_HITS_IN_TEXT = 500;
const AROUND = 32; // characters before and after that are kept with a quotation

/** How many characters a place of JavaScript is from the beginning. */
export function toCharacters(text, place) {
  let count = 0;
  for (let at = 0; at < place; count++) at += text.codePointAt(at) > 0xffff ? 2 : 1;
  return count;
}

/** The place of JavaScript that is so many characters from the beginning. */
export function fromCharacters(text, characters) {
  let at = 0;
  for (let count = 0; count < characters && at < text.length; count++) at += text.codePointAt(at) > 0xffff ? 2 : 1;
  return at;
}

/** What was selected, as a quotation without an id; null where it is only blanks. A selection may
 *  be dragged a little too far: blanks at its ends are left out.
 *  @param {number} from @param {number} to places of JavaScript in the text */
export function quotationFrom(text, document, page, from, to) {
  let [start, end] = from <= to ? [from, to] : [to, from];
  while (start < end && /\s/u.test(text[start])) start++;
  while (end > start && /\s/u.test(text[end - 1])) end--;
  if (start === end) return null;
  if (/[\udc00-\udfff]/.test(text[start])) start--; // never half of a character
  if (/[\ud800-\udbff]/.test(text[end - 1])) end++;
  return {
    document, page,
    start: toCharacters(text, start), end: toCharacters(text, end),
    exact: text.slice(start, end),
    prefix: [...text.slice(0, start)].slice(-AROUND).join(""),
    suffix: [...text.slice(end, end + 2 * AROUND)].slice(0, AROUND).join(""),
  };
}

// Letters that belong to one word where they stand together, in writing that parts words by blanks.
const LETTER = /[\p{L}\p{N}\p{M}\u00ad]/u;
const WITHOUT_BLANKS = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}]/u;

function isInWord(text, at) {
  return [text[at - 1] ?? "", text[at] ?? ""].every((sign) => LETTER.test(sign) && !WITHOUT_BLANKS.test(sign));
}

/** A selection as it is marked: with the whole of every word that it touches.
 *  @param {{from: number, to: number}[]|null} words the words of a page, which are marked whole;
 *    null where marks go letter by letter
 *  @returns {[number, number]} places of JavaScript */
export function wholeWords(text, from, to, words = null) {
  let [start, end] = from <= to ? [from, to] : [to, from];
  while (start < end && /\s/u.test(text[start])) start++;
  while (end > start && /\s/u.test(text[end - 1])) end--;
  if (start === end) return [start, end];
  for (const word of words ?? []) {
    if (word.from >= end || word.to <= start) continue;
    start = Math.min(start, word.from);
    end = Math.max(end, word.to);
  }
  if (words) return [start, end];
  while (isInWord(text, start)) start--;
  while (isInWord(text, end)) end++;
  return [start, end];
}

/** Where a quotation stands in a text now: where it says, or the same words elsewhere (those with
 *  the same words around first); null where they are gone.
 *  @returns {{from: number, to: number}|null} places of JavaScript */
export function placeOf(text, { start, end, exact, prefix = "", suffix = "" }) {
  const from = fromCharacters(text, start);
  const to = fromCharacters(text, end);
  if (text.slice(from, to) === exact) return { from, to };
  const around = prefix && suffix ? text.indexOf(prefix + exact + suffix) : -1;
  const at = around >= 0 ? around + prefix.length : text.indexOf(exact);
  return at >= 0 && exact ? { from: at, to: at + exact.length } : null;
}

/** A text in pieces, each with the ids of the quotations over it; overlaps are pieces of their own.
 *  @param {{uid: string, from: number, to: number}[]} spans
 *  @returns {{text: string, uids: string[]}[]} */
export function pieces(text, spans) {
  const cuts = [...new Set([0, text.length, ...spans.flatMap((span) => [span.from, span.to])])].sort((a, b) => a - b);
  const found = [];
  for (let at = 0; at + 1 < cuts.length; at++) {
    const [from, to] = [cuts[at], cuts[at + 1]];
    found.push({ text: text.slice(from, to), uids: spans.filter((span) => span.from <= from && span.to >= to).map((span) => span.uid) });
  }
  return found;
}

/** Words of a text as people step through them with keys: [from, to] of each. */
export function wordsOf(text) {
  return [...text.matchAll(/\S+/gu)].map((hit) => [hit.index, hit.index + hit[0].length]);
}

/** The words that letters of a text lie in, as a selection by keys; null where there are none.
 *  @param {number} from @param {number} to places of JavaScript
 *  @returns {{anchor: number, focus: number}|null} numbers of words */
export function wordsAt(text, from, to) {
  const words = wordsOf(text);
  const anchor = words.findIndex(([, end]) => end > from);
  const focus = words.findLastIndex(([start]) => start < to);
  return anchor >= 0 && focus >= anchor ? { anchor, focus } : null;
}

/** Moves a selection of whole words by one word.
 *  @param {{anchor: number, focus: number}|null} selected numbers of words
 *  @param {number} step 1 or -1  @param {boolean} extend keeps the anchor */
export function moveSelection(count, selected, step, extend) {
  if (!count) return null;
  if (!selected) return { anchor: 0, focus: 0 };
  const focus = Math.min(count - 1, Math.max(0, selected.focus + step));
  return { anchor: extend ? selected.anchor : focus, focus };
}

/** Whether a quotation belongs to an answer or finding. */
export function isOn(quotation, on) {
  const own = quotation.on;
  if (on.finding !== undefined) return own.finding === on.finding;
  return own.question === on.question && (own.code ?? "") === (on.code ?? "") && (own.arm ?? "") === (on.arm ?? "");
}

/** The tick that goes with a quotation for a code: who quotes for a code says that it applies. Where
 *  one of several is asked for and another is chosen, that stays.
 *  @returns {any} the edit; null where there is nothing to tick */
export function tickWithQuotation(scheme, sheet, { question, code, arm = "" }) {
  if (!question || !code || !scheme.places.get(question)?.get(code)?.option.selectable) return null;
  const chosen = chosenCodes(sheet, question, arm);
  const isMany = MANY.has(scheme.questions.get(question).kind);
  if (chosen.includes(code) || (!isMany && chosen.length)) return null;
  return isMany ? { kind: "answer", question, code, arm, field: "chosen", after: true } : { kind: "answer", question, code: "", arm, field: "choice", after: code };
}

/** Where a text holds words, without case and accents, whatever blanks lie between.
 *  @returns {[number, number][]} places of JavaScript */
export function hitsIn(text, words) {
  const sought = folded(words.trim()).replace(/\s+/g, " ");
  if (!sought) return [];
  let flat = "";
  const places = [];
  let at = 0;
  for (const sign of text) {
    const plain = /\s/.test(sign) ? (flat.endsWith(" ") ? "" : " ") : folded(sign);
    for (let n = 0; n < plain.length; n++) places.push([at, at + sign.length]);
    flat += plain;
    at += sign.length;
  }
  const found = [];
  for (let hit = flat.indexOf(sought); hit >= 0 && found.length < MOST_HITS_IN_TEXT; hit = flat.indexOf(sought, hit + sought.length)) {
    found.push([places[hit][0], places[hit + sought.length - 1][1]]);
  }
  return found;
}
