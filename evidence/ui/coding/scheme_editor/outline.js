// Part of the editor of schemes (see __init__.py): a scheme as an outline of rows, and where
// something that is dragged may be put down. Nothing here draws, and nothing decides what an edit
// means: that is for the server (evidence/coding/scheme_acts.py).

/** @typedef {{section?: string, question?: string, option?: string}} Node a section by the id of its
 *   first question; nothing for the scheme itself */
/** @typedef {{key: string, kind: "scheme"|"section"|"question"|"code", node: Node, part: any, question: any,
 *   label: string, level: number, open: boolean|null, hit: boolean, position: number, size: number, above: string}} OutlineRow
 *   open: null where nothing is below; above: the key of the row over it in the tree */

export const MOST_FOUND = 200; // rows that a search shows
const WITHOUT_CODES = new Set(["yes/no", "number", "text", "date"]);

export function keyOfNode(node) {
  if (node.option) return `c:${node.question}/${node.option}`;
  if (node.question) return `q:${node.question}`;
  return node.section ? `s:${node.section}` : "scheme";
}

/** Whether a question has codes of its own. */
export function hasCodes(question) {
  return !WITHOUT_CODES.has(question.kind);
}

/** All that an outline may show, in reading order, whether open or not.
 *  @returns {OutlineRow[]} */
export function allRows(scheme) {
  const rows = [{ key: "scheme", kind: "scheme", node: {}, part: scheme, question: null, label: scheme.title, level: 1, open: null, hit: false, position: 1, size: 1, above: "" }];
  scheme.sections.forEach((section, at) => {
    const node = { section: section.questions[0].id };
    const key = keyOfNode(node);
    rows.push({ key, kind: "section", node, part: section, question: null, label: section.title, level: 1, open: true, hit: false, position: at + 1, size: scheme.sections.length, above: "" });
    section.questions.forEach((question, place) => {
      const asked = { question: question.id };
      const below = hasCodes(question) ? question.options : [];
      rows.push({ key: keyOfNode(asked), kind: "question", node: asked, part: question, question, label: question.text, level: 2, open: below.length ? true : null, hit: false, position: place + 1, size: section.questions.length, above: key });
      codeRows(question, below, 3, keyOfNode(asked), rows);
    });
  });
  return rows;
}

function codeRows(question, options, level, above, rows) {
  options.forEach((option, at) => {
    const node = { question: question.id, option: option.id };
    const key = keyOfNode(node);
    rows.push({ key, kind: "code", node, part: option, question, label: option.label, level, open: option.options.length ? true : null, hit: false, position: at + 1, size: options.length, above });
    codeRows(question, option.options, level + 1, key, rows);
  });
}

/** The rows that are shown: below what stands open, or what a search names with all above it.
 *  @param {OutlineRow[]} rows of allRows
 *  @param {Set<string>} closed keys of what is closed
 *  @param {string} search words that must all stand in a label
 *  @returns {{rows: OutlineRow[], hits: number}} */
export function shownRows(rows, closed, search = "") {
  const words = lowered(search).split(/\s+/).filter(Boolean);
  if (!words.length) {
    const hidden = new Set();
    const shown = [];
    for (const row of rows) {
      if (hidden.has(row.above) || (row.above && closed.has(row.above))) hidden.add(row.key);
      else shown.push(row.open === null ? row : { ...row, open: !closed.has(row.key) });
    }
    return { rows: shown, hits: 0 };
  }
  const byKey = new Map(rows.map((row) => [row.key, row]));
  const wanted = new Map();
  let hits = 0;
  for (const row of rows) {
    if (!words.every((word) => lowered(row.label).includes(word))) continue;
    hits++;
    if (wanted.size > MOST_FOUND) continue;
    wanted.set(row.key, true);
    for (let above = byKey.get(row.above); above; above = byKey.get(above.above)) if (!wanted.has(above.key)) wanted.set(above.key, false);
  }
  return { rows: rows.filter((row) => wanted.has(row.key)).map((row) => ({ ...row, hit: wanted.get(row.key) })), hits };
}

function lowered(text) {
  return text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();
}

/** What is closed when a scheme is opened: branches and questions with many codes. */
export function closedAtFirst(rows) {
  const codes = rows.filter((row) => row.kind === "code").length;
  return new Set(rows.filter((row) => row.open !== null && codes > 60 && row.kind !== "section").map((row) => row.key));
}

/** Where a dragged row may be put down.
 *  @param {OutlineRow} dragged
 *  @param {OutlineRow} over the row under the pointer
 *  @param {number} fraction how far down in it the pointer is, from 0 to 1
 *  @param {(row: OutlineRow, above: OutlineRow) => boolean} isBelow whether a row stands below another
 *  @returns {{where: "before"|"after"|"below", other: Node}|null} */
export function dropPlace(dragged, over, fraction, isBelow) {
  if (dragged.key === over.key || dragged.kind === "scheme" || isBelow(over, dragged)) return null;
  const half = fraction < 0.5 ? "before" : "after";
  if (dragged.kind === "code") {
    if (over.question?.id !== dragged.question.id) return null;
    if (over.kind === "question") return { where: "below", other: over.node };
    if (over.question.kind === "tree" && fraction > 0.3 && fraction < 0.7) return { where: "below", other: over.node };
    return { where: half, other: over.node };
  }
  if (dragged.kind === "question") {
    if (over.kind === "section") return { where: "below", other: over.node };
    return over.kind === "question" ? { where: half, other: over.node } : null;
  }
  return over.kind === "section" ? { where: half, other: over.node } : null;
}

/** The questions that a question may wait for: earlier ones with codes, asked of the whole study, or
 *  of findings where it is asked of findings itself. */
export function mayWaitFor(scheme, question) {
  const earlier = [];
  for (const section of scheme.sections) {
    for (const other of section.questions) {
      if (other.id === question.id) return earlier;
      if (other.options.length && (!other.per_arm || scheme.judges === "finding") && (other.of === "study" || question.of === "finding")) earlier.push(other);
    }
  }
  return earlier;
}

/** The codes on an axis of findings that stand before a question: [id, label] each. */
export function codesOnAxis(scheme, question, axis) {
  const found = [];
  for (const section of scheme.sections) {
    for (const other of section.questions) {
      if (other.id === question.id) return found;
      if (other.axis === axis) found.push(...flat(other.options).map((option) => [option.id, option.label]));
    }
  }
  return found;
}

/** The earlier questions from which an overall judgement can follow: with the same codes. */
export function mayRule(scheme, question) {
  const ids = JSON.stringify(question.options.map((option) => option.id));
  const alike = [];
  for (const section of scheme.sections) {
    for (const other of section.questions) {
      if (other.id === question.id) return alike;
      if (other.kind === "one of" && other.of === "study" && (!other.per_arm || scheme.judges === "finding") && JSON.stringify(other.options.map((option) => option.id)) === ids) alike.push(other);
    }
  }
  return alike;
}

/** All options of a list with those below them, in reading order. */
export function flat(options) {
  return options.flatMap((option) => [option, ...flat(option.options)]);
}

/** The row that is chosen: the one that was, or the nearest above it that is still there.
 *  @param {Map<string, OutlineRow>} byKey */
export function standingRow(byKey, node) {
  return byKey.get(keyOfNode(node)) ?? byKey.get(keyOfNode({ question: node.question })) ?? byKey.get("scheme");
}
