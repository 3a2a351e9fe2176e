// Part of the coding desk (see __init__.py): what is asked of the server's own routes
// (evidence/ui/coding/desk_routes.py).

import { got } from "../../shell/own_route.js";

/** Where a quotation stands whose file was replaced, or why that is not known.
 *  @param codingId of whose coding it is; null for one's own
 *  @returns {Promise<{message?: string, document?: string, page?: number, start?: number, end?: number}>} */
export async function placeNow(desk, uid, codingId = null) {
  const { study, scheme_id } = desk.sheet;
  try {
    return await got(`coding-desk/quotation/${encodeURIComponent(study.id)}?scheme=${encodeURIComponent(scheme_id)}&uid=${encodeURIComponent(uid)}${codingId === null ? "" : `&coding=${encodeURIComponent(codingId)}`}`, "no-store");
  } catch {
    return { message: "The server does not answer; try again in a moment." };
  }
}

/** What was said earlier to a question or in a finding, or why that is not known.
 *  @returns {Promise<{message?: string, changes?: import("./history.js").Change[], is_whole?: boolean}>} */
export async function historyOf(desk, about) {
  const { study, scheme_id } = desk.sheet;
  const [[name, id]] = Object.entries(about);
  try {
    return await got(`coding-desk/history/${encodeURIComponent(study.id)}?scheme=${encodeURIComponent(scheme_id)}&${name}=${encodeURIComponent(id)}`, "no-store");
  } catch {
    return { message: "The server does not answer, so the history cannot be shown; try again in a moment." };
  }
}
