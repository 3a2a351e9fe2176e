// Part of the map's viewer (see __init__.py): reads the text of one search, as
// evidence/synthesis/map_search/search_parser.py does, and says the same of what cannot be read.

import { wholeWords } from "./folded_texts.js";
import { OPERATORS, TEXT_FIELDS, YEAR_FIELD, codeTerm } from "./map_search_terms.js";

/**
 * @typedef {{kind: "fault", text: string, at: number}} SearchFault  at: in characters from 0
 * @typedef {{kind: string, text: string, at: number, end: number, isClosed: boolean}} Token
 *   kind: "(", ")", "and", "or", "not", "field", "word", "phrase", "code" or "reference"
 */

export const LONGEST_SEARCH = 1000; // characters
const DEEPEST_SEARCH = 20;
const SEARCH_BLANKS = " \t\n\r\f\v\u00a0";
const SEARCH_QUOTES = '"“”„«»';
const TERM_ENDS = `${SEARCH_BLANKS}${SEARCH_QUOTES}()[`;
const CODES_OFFERED = 3; // names of an ambiguous code

/** A fault with its place as people count. */
export function faultWords({ text, at }) {
  return `${text} (character ${at + 1})`;
}

/** The parts of a text, whatever it is; nothing is refused here. @returns {Token[]} */
export function searchTokens(text) {
  const signs = [...text];
  const tokens = [];
  for (let at = 0; at < signs.length; at = tokens.at(-1)?.end > at ? tokens.at(-1).end : at + 1) {
    if (SEARCH_BLANKS.includes(signs[at])) continue;
    const before = tokens.at(-1);
    tokens.push(searchToken(signs, at, before?.kind === "field" && before.end === at));
  }
  return tokens;
}

function searchToken(signs, at, followsField) {
  const sign = signs[at];
  if (sign === "(" || sign === ")") return { kind: sign, text: sign, at, end: at + 1, isClosed: true };
  if (sign === "[") return codeToken(signs, at);
  if (SEARCH_QUOTES.includes(sign)) return phraseToken(signs, at);
  const end = placeOf(signs, at, TERM_ENDS) ?? signs.length;
  const run = signs.slice(at, end).join("");
  const name = followsField ? "" : (/^(\p{L}+):/u.exec(run)?.[1] ?? "");
  if (name) return { kind: "field", text: name, at, end: at + [...name].length + 1, isClosed: true };
  let kind = "word";
  if (!followsField && OPERATORS.includes(run.toLowerCase())) kind = run.toLowerCase();
  else if (!followsField && sign === "#") kind = "reference";
  return { kind, text: run, at, end, isClosed: true };
}

function placeOf(signs, from, wanted) {
  for (let at = from; at < signs.length; at += 1) if (wanted.includes(signs[at])) return at;
  return null;
}

function phraseToken(signs, at) {
  const end = placeOf(signs, at + 1, SEARCH_QUOTES);
  const text = signs.slice(at + 1, end ?? signs.length).join("");
  return { kind: "phrase", text, at, end: end === null ? signs.length : end + 1, isClosed: end !== null };
}

function codeToken(signs, from) {
  let text = "";
  let at = from + 1;
  for (; at < signs.length && signs[at] !== "]"; at += 1) {
    if (signs[at] === "\\" && at + 1 < signs.length) at += 1;
    text += signs[at];
  }
  const isClosed = at < signs.length;
  return { kind: "code", text, at: from, end: isClosed ? at + 1 : at, isClosed };
}

class UnreadableSearch extends Error {
  constructor(text, at) {
    super(text);
    this.fault = { kind: "fault", text, at };
  }
}

/**
 * What a text asks for, or the first thing in it that cannot be read.
 * @param {string} text
 * @param {import("./map_search_terms.js").CodeNames} names
 * @param {boolean[]} earlier  for each search before this one, whether it can be read
 * @returns {import("./map_search_terms.js").SearchNode | SearchFault}
 */
export function parsedSearch(text, names, earlier = []) {
  const length = [...text].length;
  if (length > LONGEST_SEARCH) return { kind: "fault", text: `A search has at most ${LONGEST_SEARCH} characters; this one has ${length}.`, at: LONGEST_SEARCH };
  const tokens = searchTokens(text);
  if (!tokens.length) return { kind: "fault", text: "Write what to look for.", at: 0 };
  try {
    return readTokens({ tokens, names, earlier, at: 0, depth: 0 });
  } catch (error) {
    if (!(error instanceof UnreadableSearch)) throw error;
    return error.fault;
  }
}

function readTokens(parsing) {
  const node = readEither(parsing);
  if (parsing.at < parsing.tokens.length) throw new UnreadableSearch("This “)” closes nothing.", parsing.tokens[parsing.at].at);
  return node;
}

function nextKind({ tokens, at }) {
  return tokens[at]?.kind ?? "";
}

function readEither(parsing) {
  const parts = [readTogether(parsing)];
  while (nextKind(parsing) === "or") {
    parsing.at += 1;
    parts.push(readTogether(parsing));
  }
  return parts.length > 1 ? { kind: "or", parts } : parts[0];
}

function readTogether(parsing) {
  const parts = [readFactor(parsing)];
  while (!["", "or", ")"].includes(nextKind(parsing))) {
    if (nextKind(parsing) === "and") parsing.at += 1;
    parts.push(readFactor(parsing));
  }
  return parts.length > 1 ? { kind: "and", parts } : parts[0];
}

function readFactor(parsing) {
  if (["", "and", "or", ")"].includes(nextKind(parsing))) throw missingTerm(parsing);
  const token = parsing.tokens[parsing.at];
  parsing.at += 1;
  if (token.kind === "not") return { kind: "not", part: readDeeper(parsing, token, readFactor) };
  if (token.kind !== "(") return readTerm(parsing, token);
  const node = readDeeper(parsing, token, readEither);
  if (nextKind(parsing) !== ")") throw new UnreadableSearch("This “(” is not closed.", token.at);
  parsing.at += 1;
  return node;
}

function readDeeper(parsing, token, read) {
  parsing.depth += 1;
  if (parsing.depth > DEEPEST_SEARCH) throw new UnreadableSearch(`Parentheses and “not” may stand ${DEEPEST_SEARCH} deep, no deeper.`, token.at);
  const node = read(parsing);
  parsing.depth -= 1;
  return node;
}

function missingTerm({ tokens, at }) {
  if (at) return new UnreadableSearch(`After “${tokens[at - 1].text}” something must follow.`, tokens[at - 1].at);
  if (tokens[0].kind === ")") return new UnreadableSearch("This “)” closes nothing.", tokens[0].at);
  return new UnreadableSearch(`Before “${tokens[0].text}” something must stand.`, tokens[0].at);
}

function readTerm(parsing, token) {
  if (!token.isClosed) throw new UnreadableSearch(`${token.kind === "code" ? "This “[” is" : "These quotation marks are"} not closed.`, token.at);
  if (token.kind === "reference") return readReference(parsing, token);
  if (token.kind === "code") return readCode(parsing, token);
  return token.kind === "field" ? readInField(parsing, token) : readWords(token, null);
}

function readReference({ earlier }, { text, at }) {
  const number = /^#([0-9]{1,4})$/.exec(text);
  if (!number) throw new UnreadableSearch(`“${text}” is not the number of a search.`, at);
  const place = Number(number[1]) - 1;
  if (place < 0 || place >= earlier.length) throw new UnreadableSearch(`There is no earlier search ${text}.`, at);
  if (!earlier[place]) throw new UnreadableSearch(`Search ${text} cannot be read.`, at);
  return { kind: "reference", number: place + 1 };
}

function readCode({ names }, { text, at }) {
  const codes = names.codes(text);
  if (!codes.length) throw new UnreadableSearch(`This map has no code “${text}”.`, at);
  if (codes.length > 1) {
    const offered = codes.slice(0, CODES_OFFERED).map((code) => codeTerm(code, names)).join(" or ");
    throw new UnreadableSearch(`“${text}” is more than one code; write ${offered}.`, at);
  }
  return { kind: "code", dimension: codes[0].dimension, heading: codes[0].heading };
}

function readInField(parsing, { text, at }) {
  const name = text.toLowerCase();
  const isYear = name === YEAR_FIELD;
  if (!isYear && !TEXT_FIELDS.includes(name)) {
    const fields = [...TEXT_FIELDS, YEAR_FIELD].join(", ");
    throw new UnreadableSearch(`There is no field “${text}”. Fields are ${fields}; other words with a colon stand in quotation marks.`, at);
  }
  if (!(isYear ? ["word"] : ["word", "phrase"]).includes(nextKind(parsing))) {
    throw new UnreadableSearch(`After “${text}:” ${isYear ? "a year" : "a word or a phrase"} must follow.`, at);
  }
  const term = parsing.tokens[parsing.at];
  parsing.at += 1;
  if (isYear) return readYears(term);
  if (!term.isClosed) throw new UnreadableSearch("These quotation marks are not closed.", term.at);
  return readWords(term, name);
}

function readYears({ text, at }) {
  const years = /^(?:([0-9]{1,4})?[-\u2013]([0-9]{1,4})?|([0-9]{1,4}))$/.exec(text)?.slice(1).map((year) => (year === undefined ? null : Number(year)));
  if (!years || years.every((year) => year === null)) throw new UnreadableSearch(`“${text}” is no year; write 1990, 1990-2010, 1990- or -2010.`, at);
  const [since, until] = years[2] === null ? years : [years[2], years[2]];
  if (since !== null && until !== null && since > until) throw new UnreadableSearch(`The years ${text} run backwards.`, at);
  return { kind: "years", since, until };
}

function readWords(token, field) {
  const text = token.text.replace(/^[ \t\n\r\f\v\u00a0]+|[ \t\n\r\f\v\u00a0]+$/g, "");
  const without = text.replace(/^-+/, "");
  if (token.kind === "word" && without !== text && wordsOf(text).length) throw new UnreadableSearch(`Write “not ${without}” to leave out, or “${without}”.`, token.at);
  const stem = text.replace(/\*$/, "");
  const isBeginning = stem !== text;
  if (stem.includes("*") || (isBeginning && !/[\p{L}\p{M}\p{N}]$/u.test(stem))) {
    throw new UnreadableSearch(`In “${text}” the * must stand at the end of a word, for any ending.`, token.at);
  }
  const words = wordsOf(stem);
  if (!words.length) throw new UnreadableSearch(`“${text}” has no letter or digit to look for.`, token.at);
  return { kind: "words", words, isBeginning, field };
}

function wordsOf(text) {
  return wholeWords(text).split(" ").filter(Boolean);
}
