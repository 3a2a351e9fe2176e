// Part of the map's viewer (see __init__.py): what a search is made of, and how each part is written.
// The same as evidence/synthesis/map_search/search_terms.py; docs/decisions/map.md has the grammar.

import { encodedPart } from "./encoded_parts.js";
import { foldedWords } from "./folded_texts.js";
import { headingLabel } from "./map_texts.js";

/**
 * @typedef {{kind: "and" | "or", parts: SearchNode[]} | {kind: "not", part: SearchNode}
 *   | {kind: "reference", number: number} | {kind: "code", dimension: string, heading: string}
 *   | {kind: "years", since: number | null, until: number | null}
 *   | {kind: "words", words: string[], isBeginning: boolean, field: string | null}} SearchNode
 *
 * @typedef {{dimension: string, heading: string}} SearchCode
 * @typedef {{codes: (text: string) => SearchCode[], text: (code: SearchCode) => string}} CodeNames
 */

export const TEXT_FIELDS = ["study", "title", "abstract", "author", "journal", "quotation", "note"];
export const YEAR_FIELD = "year";
export const OPERATORS = ["and", "or", "not"];

/** How the codes of a map are called; made once. @returns {CodeNames} */
export function codeNames(map) {
  if (map.cache.has("code names")) return map.cache.get("code names");
  const [whole, parts, byIds] = [new Map(), new Map(), new Map()];
  const add = (names, key, code) => names.set(key, [...(names.get(key) ?? []), code]);
  for (const [id, dimension] of map.byId) {
    for (const [heading, path] of headingPaths(dimension)) {
      const texts = path.map((_, at) => `${dimension.title}: ${path.slice(path.length - 1 - at).join(" > ")}`);
      const code = { dimension: id, heading, texts };
      if (byIds.has(idText(code))) continue;
      byIds.set(idText(code), code);
      for (const text of texts.slice(0, -1)) add(parts, codeKey(text), code);
      add(whole, codeKey(texts.at(-1)), code);
    }
  }
  const codes = (text) => {
    if (text.startsWith("@")) return byIds.has(text) ? [byIds.get(text)] : [];
    const key = codeKey(text);
    return whole.get(key) ?? parts.get(key) ?? [];
  };
  const isOnly = (found, code) => found.length === 1 && found[0] === code;
  const text = (code) => {
    const listed = byIds.get(idText(code));
    return listed.texts.find((each) => !each.startsWith("@") && isOnly(codes(each), listed)) ?? idText(code);
  };
  map.cache.set("code names", { codes, text });
  return map.cache.get("code names");
}

function headingPaths(dimension) {
  let path = [];
  return dimension.ids.map((id, position) => {
    path = [...path.slice(0, dimension.depths[position]), headingLabel(dimension, position)];
    return [id, path];
  });
}

// Capitals, accents and blanks do not matter.
function codeKey(text) {
  return foldedWords(text).join("").replaceAll("›", ">");
}

function idText({ dimension, heading }) {
  return `@${encodedPart(dimension)}~${encodedPart(heading)}`;
}

/** A search as it was understood: every "and" is there, and parentheses around every group. */
export function writtenSearch(node, names) {
  if (node.kind === "and" || node.kind === "or") return node.parts.map((part) => writtenPart(part, names)).join(` ${node.kind} `);
  if (node.kind === "not") return `not ${writtenPart(node.part, names)}`;
  if (node.kind === "reference") return `#${node.number}`;
  if (node.kind === "code") return codeTerm(node, names);
  if (node.kind === "words") return wordsText(node);
  const years = node.since === node.until ? [node.since] : [node.since, node.until];
  return `${YEAR_FIELD}:${years.map((year) => year ?? "").join("-")}`;
}

function writtenPart(part, names) {
  const text = writtenSearch(part, names);
  return part.kind === "and" || part.kind === "or" ? `(${text})` : text;
}

/** "[Country: Europe > Norway]" */
export function codeTerm(code, names) {
  return `[${names.text(code).replaceAll("\\", "\\\\").replaceAll("]", "\\]")}]`;
}

function wordsText({ words, isBeginning, field }) {
  const text = words.join(" ") + (isBeginning ? "*" : "");
  const isPhrase = words.length > 1 || OPERATORS.includes(text);
  return (field ? `${field}:` : "") + (isPhrase ? `"${text}"` : text);
}
