// Part of the screening component (see __init__.py): colours terms in a text.
// evidence/ui/screening/highlighting.py does the same on the server; a test holds the two together.
// The text itself only ever reaches the page as text.

const KINDS = {
  include: "Speaks for inclusion", exclude: "Speaks for exclusion",
  "own-include": "Your term for inclusion", "own-exclude": "Your term for exclusion",
};

function fillText(target, text, terms) {
  const parts = [];
  let done = 0;
  for (const { kind, at, end } of spansOf(text, terms)) {
    parts.push(text.slice(done, at));
    const mark = element("mark", text.slice(at, end));
    mark.className = kind;
    mark.title = KINDS[kind];
    parts.push(mark);
    done = end;
  }
  parts.push(text.slice(done));
  target.replaceChildren(...parts);
}

// Where a text holds terms. Whole words; `*` stands for any letters, at the beginning, in the middle
// or at the end. The first counts where terms overlap, and of two that begin at one place the longer.
// Each word is compared once with each term that could begin there, so that no text and no term
// takes more than its length; a regular expression with stars would try all ways to part a word.
function spansOf(text, terms) {
  const tokens = tokensOf(text);
  const starts = startsOf(terms);
  const spans = [];
  for (let from = 0; from < tokens.length; from++) {
    if (tokens[from - 1]?.word) continue;
    let best = { to: from };
    for (const start of [tokens[from].text[0], "*"]) {
      for (const { kind, rank, parts } of starts.get(start) ?? []) {
        const to = matchEnd(tokens, from, parts);
        if (to > best.to || (to === best.to && to > from && rank < best.rank)) best = { to, kind, rank };
      }
    }
    if (best.to === from) continue;
    spans.push({ kind: best.kind, at: tokens[from].at, end: tokens[best.to - 1].end });
    from = best.to - 1;
  }
  return spans;
}

// A word, a run of blanks (as one blank), or one other sign, each with its place in the text.
function tokensOf(text) {
  const tokens = [];
  for (const hit of text.matchAll(/([\p{L}\p{N}]+)|([\p{Z}\t\n\v\f\r]+)|[^]/gu)) {
    const folded = hit[2] ? " " : [...hit[0]].map(fold).join("");
    tokens.push({ text: folded, word: Boolean(hit[1]), at: hit.index, end: hit.index + hit[0].length });
  }
  return tokens;
}

function fold(sign) {
  const upper = sign.toUpperCase();
  const single = [...upper].length === 1 ? upper : sign;
  const lower = single.toLowerCase();
  return [...lower].length === 1 ? lower : single;
}

// The terms by the sign with which they begin, each as words (parted at their stars) and signs.
const starts = new Map();
function startsOf(terms) {
  const key = JSON.stringify(terms);
  if (starts.has(key)) return starts.get(key);
  const found = new Map();
  Object.keys(KINDS).forEach((kind, rank) => {
    for (const term of terms[kind] ?? []) {
      const parts = partsOf(term);
      if (!parts.length) continue;
      const start = parts[0].text[0];
      if (!found.has(start)) found.set(start, []);
      found.get(start).push({ kind, rank, parts });
    }
  });
  starts.clear(); // only the terms that are shown now are worth keeping
  starts.set(key, found);
  return found;
}

function partsOf(term) {
  const parts = [];
  for (const { text, word } of tokensOf(term)) {
    const inWord = word || text === "*";
    if (inWord && parts.at(-1)?.pieces) parts.at(-1).text += text;
    else parts.push({ text, pieces: inWord });
  }
  for (const part of parts) if (part.pieces) part.pieces = part.text.split(/\*+/);
  while (parts[0]?.text === " ") parts.shift();
  while (parts.at(-1)?.text === " ") parts.pop();
  return parts.some(({ text }) => /[^* ]/.test(text)) ? parts : [];
}

// Behind which token a term ends that begins at one; the same token where it does not.
function matchEnd(tokens, from, parts) {
  let at = from;
  for (const { text, pieces } of parts) {
    const token = tokens[at];
    if (!pieces) {
      if (!token || token.word || token.text !== text) return from;
      at++;
    } else if (token?.word) {
      if (!fits(token.text, pieces)) return from;
      at++;
    } else if (pieces.join("")) return from;
  }
  return !tokens[at - 1]?.word && tokens[at]?.word ? from : at;
}

function fits(word, pieces) {
  const last = pieces.length - 1;
  if (!last) return word === pieces[0];
  const end = word.length - pieces[last].length;
  let at = pieces[0].length;
  if (at > end || !word.startsWith(pieces[0]) || !word.endsWith(pieces[last])) return false;
  for (const piece of pieces.slice(1, last)) {
    const found = word.indexOf(piece, at);
    if (found < 0 || found + piece.length > end) return false;
    at = found + piece.length;
  }
  return true;
}
