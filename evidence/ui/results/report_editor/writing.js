// Part of the page of the report (see __init__.py): what is written in a section, and what of it the
// server has seen. Each text of a section has a mark, the id of the act that wrote it; the usual text
// has the empty one. A draft knows on which marks it builds, so that the server can say that
// somebody else wrote meanwhile. Pure: no elements, no clock.

/** @typedef {{key: string, title: string, text: string, mark: string}} Section */
/** @typedef {{key: string, title: string, text: string, marks: string[], sent: {title: string, text: string}}} Draft */

const MOST_MARKS = 150; // the server reads 200

/** @param {Section} section as the server gave it
 *  @returns {Draft} */
export function newDraft(section) {
  return { key: section.key, title: section.title, text: section.text, marks: [section.mark], sent: { title: section.title, text: section.text } };
}

/** A draft from an act that waits in the browser since an earlier visit. */
export function draftOf(item) {
  return { key: item.section, title: item.title, text: item.text, marks: [...item.before, item.client_id], sent: { title: item.title, text: item.text } };
}

/** Whether something was written that was not sent yet. A section needs a title: without one, only
 *  its text counts. */
export function isUnsent(draft) {
  return draft.text !== draft.sent.text || (draft.title.trim() !== "" && draft.title !== draft.sent.title);
}

/** The act that writes what a draft says now. */
export function writingOf(draft) {
  return { act: "write", section: draft.key, title: draft.title.trim() || draft.sent.title, text: draft.text, before: draft.marks.slice(-MOST_MARKS) };
}

/** The draft was sent under an id. */
export function noteSent(draft, item) {
  draft.marks = [...draft.marks, item.client_id].slice(-MOST_MARKS);
  draft.sent = { title: item.title, text: item.text };
}

/** What waits of a section's writing, but for the newest, says nothing any more: the newest one
 *  builds on the same. Gives what is to wait. */
export function withoutOlderWritings(pending, newest) {
  return pending.filter((item) => item === newest || item.act !== "write" || item.section !== newest.section);
}

/** Whether the server's text is to take the place of what is shown: it is somebody else's, and
 *  nothing is being written here. */
export function isToBeReplaced(draft, section, waits) {
  return !draft.marks.includes(section.mark) && !isUnsent(draft) && !waits;
}

/** The list of sections, with what was done here and is not kept yet.
 *  @param {{key: string, title: string, removed: boolean}[]} sections in their order */
export function withPending(sections, pending) {
  let list = sections.map((section) => ({ ...section }));
  for (const item of pending) {
    const at = list.findIndex((section) => section.key === item.section);
    if (item.act === "add" && at < 0) {
      list = placed(list, { key: item.section, title: item.title, mark: null, removed: false, written: Boolean(item.text), by: "", at: "", version: "" }, item.after);
    } else if (at < 0) continue;
    else if (item.act === "write") Object.assign(list[at], { title: item.title, removed: false });
    else if (item.act === "remove") list[at].removed = true;
    else if (item.act === "bring back") list[at].removed = false;
    else if (item.act === "move") list = placed(list.filter((_, place) => place !== at), list[at], item.after);
  }
  return list;
}

function placed(list, section, after) {
  const place = after ? list.findIndex((other) => other.key === after) : -1;
  const at = after && place < 0 ? list.length : place + 1;
  return [...list.slice(0, at), section, ...list.slice(at)];
}

/** After which section one stands that is moved by a step among those that are shown; null where it
 *  cannot go further. Those that were taken out are passed.
 *  @param {-1|1} step */
export function moveBy(list, key, step) {
  const shown = list.filter((section) => !section.removed);
  const at = shown.findIndex((section) => section.key === key);
  const to = at + step;
  if (at < 0 || to < 0 || to >= shown.length) return null;
  if (step > 0) return shown[to].key;
  return to === 0 ? "" : shown[to - 1].key;
}

/** After which section one stands that is dropped before another one, or at the end ("").  */
export function dropBefore(list, key, before) {
  const shown = list.filter((section) => !section.removed && section.key !== key);
  const at = before ? shown.findIndex((section) => section.key === before) : shown.length;
  return at <= 0 ? "" : shown[at - 1].key;
}

/** Two texts that were written over the same one, as one text: all paragraphs of theirs, and mine that
 *  stand in neither of the others, each after what stands before it in mine. */
export function bothTexts(base, mine, theirs) {
  const [old, own, joined] = [base, mine, theirs].map(paragraphs);
  const others = new Set(joined);
  const known = new Set(old);
  let after = -1;
  for (const paragraph of own) {
    if (others.has(paragraph)) after = Math.max(after, joined.indexOf(paragraph));
    else if (!known.has(paragraph)) joined.splice(++after, 0, paragraph);
  }
  return joined.join("\n\n");
}

function paragraphs(text) {
  return text.split(/\n[ \t]*\n+/).map((part) => part.replace(/^\n+|\s+$/g, "")).filter(Boolean);
}

/** A live part as it is written into a text. */
export function written(part) {
  return `{{${part}}}`;
}

/** The id of a live part that was chosen from the list of all.
 *  @param {{name: string, by?: string[], codes?: [string, string][], results?: [string, string][], noun?: string}} chosen */
export function partOf(chosen) {
  const pairs = (list) => (list ?? []).filter(([name, value]) => name && value).map(([name, value]) => `${name}=${value}`).join(", ");
  const [by, of, results] = [(chosen.by ?? []).filter(Boolean).join(","), pairs(chosen.codes), pairs(chosen.results)];
  return [chosen.name, by && `by ${by}`, of && `of ${of}`, results && `for ${results}`, chosen.noun?.trim() && `as ${chosen.noun.trim()}`].filter(Boolean).join(" ");
}

/** A text with something put in place of what is chosen in it; the words around stay words of their
 *  own. A table, figure or list stands alone.
 *  @returns {{text: string, caret: number}} */
export function withInserted(text, start, end, inserted, alone) {
  const [before, after] = [text.slice(0, start), text.slice(end)];
  const [left, right] = alone
    ? [before === "" || before.endsWith("\n\n") ? "" : before.endsWith("\n") ? "\n" : "\n\n", after === "" || after.startsWith("\n\n") ? "" : after.startsWith("\n") ? "\n" : "\n\n"]
    : [/\S$/.test(before) ? " " : "", /^[\p{L}\p{N}{]/u.test(after) ? " " : ""];
  const head = before + left + inserted;
  return { text: head + right + after, caret: head.length };
}
