// Part of the reconciling page (see __init__.py): what is being written and not agreed on yet. The
// browser keeps it, so that a reload costs nothing; the server knows nothing of it.

/** @typedef {{study_id: number, scheme_id: number, key: string, act: string, written: any}} Draft
 *   act: by which it was begun; written: as its view gives it */

/** @param {string} storage how the names of the person and review begin
 *  @param {Draft} draft */
export function keepDraft(storage, draft) {
  try { localStorage.setItem(draftName(storage), JSON.stringify(draft)); } catch { /* then a reload loses it */ }
}

/** What was being written in this study, of which nothing is believed.
 *  @returns {Draft|null} */
export function keptDraft(storage, sheet) {
  try {
    const draft = JSON.parse(localStorage.getItem(draftName(storage)));
    const { said, fields, note } = draft?.written ?? {};
    const isWhole = (!said || (Array.isArray(said.codes) && typeof said.value === "string")) && (note === undefined || typeof note === "string")
      && Object.values(fields ?? {}).every((text) => typeof text === "string");
    const isHere = draft?.study_id === sheet.study.id && draft.scheme_id === sheet.scheme_id;
    return isHere && typeof draft.key === "string" && draft.written && isWhole ? draft : null;
  } catch {
    return null;
  }
}

export function forgetDraft(storage) {
  try { localStorage.removeItem(draftName(storage)); } catch { /* there is none */ }
}

// The outbox takes whatever begins with the storage's name for its own.
function draftName(storage) {
  return `draft-${storage}`;
}
