// Part of the map's viewer (see __init__.py): texts as words in them are compared, without accents and
// capitals, as evidence/synthesis/map_search/folded_texts.py has them.

const BEYOND_ASCII = /[^\x00-\x7f]+/g;
const ASCII_SIGNS = /[\x00-\x2f\x3a-\x40\x5b-\x60\x7b-\x7f]+/g; // neither letters nor digits

/** A text without accents and in small letters. */
export function foldedText(text) {
  return text.normalize("NFKD").toLowerCase().replace(/\p{M}/gu, "");
}

/** The words that the field Search… asks for. */
export function foldedWords(words) {
  return foldedText(words).split(/[ \t\n\r\f\v]+/).filter(Boolean);
}

/** The runs of letters and digits of a text, folded, each with a blank before and behind it. Most texts
 *  are ASCII for long stretches, which are folded without asking Unicode: ten times as fast. */
export function wholeWords(text) {
  return ` ${text.replace(BEYOND_ASCII, foldedSigns).toLowerCase().replace(ASCII_SIGNS, " ").trim()} `;
}

function foldedSigns(signs) {
  return foldedText(signs).replaceAll("ς", "σ").replace(/[^\p{L}\p{N}]+/gu, " ");
}
