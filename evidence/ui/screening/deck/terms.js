// Part of the screening component (see __init__.py): colours terms in a text.
// The text itself only ever reaches the page as text.

const KINDS = {
  include: "Speaks for inclusion", exclude: "Speaks for exclusion",
  "own-include": "Your term for inclusion", "own-exclude": "Your term for exclusion",
};

function fillText(target, text, terms) {
  const spans = [];
  for (const kind of Object.keys(KINDS)) {
    const pattern = matcher(terms[kind] ?? []);
    if (pattern) for (const hit of text.matchAll(pattern)) spans.push({ kind, at: hit.index, end: hit.index + hit[0].length });
  }
  spans.sort((a, b) => a.at - b.at || b.end - a.end);
  const parts = [];
  let done = 0;
  for (const { kind, at, end } of spans) {
    if (at < done) continue;
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

const matchers = new Map();
function matcher(terms) {
  const key = terms.join("\n");
  if (!matchers.has(key)) matchers.set(key, terms.length ? build(terms) : null);
  return matchers.get(key);
}

// Whole words; `*` stands for any letters, at the beginning, in the middle or at the end.
function build(terms) {
  const plain = (text) => text.replace(/[.+?^${}()|[\]\\]/g, "\\$&").replace(/\s+/g, "\\s+");
  const one = (term) => term.split(/\*+/).map(plain).join("[\\p{L}\\p{N}]*");
  const longest = [...terms].sort((a, b) => b.length - a.length).map(one).join("|");
  return new RegExp(`(?<![\\p{L}\\p{N}])(?:${longest})(?![\\p{L}\\p{N}])`, "giu");
}
