// Part of the map's viewer (see __init__.py): texts as words in them are compared, without accents and
// capitals, as evidence/synthesis/folded_texts.py has them.

/** A text without accents and in small letters. */
export function foldedText(text) {
  return text.normalize("NFKD").toLowerCase().replace(/\p{M}/gu, "");
}

/** The words that the field Search… asks for. */
export function foldedWords(words) {
  return foldedText(words).split(/[ \t\n\r\f\v]+/).filter(Boolean);
}

/** The runs of letters and digits of a text, folded, each with a blank before and behind it. */
export function wholeWords(text) {
  return ` ${foldedText(text).replaceAll("ς", "σ").replace(/[^\p{L}\p{N}]+/gu, " ").trim()} `;
}
