// A map as one file (see __init__.py): the ways from a published map to the page around it and to its
// form for comments. A file that was made for itself, or that somebody saved, has none.

import { element } from "./map_elements.js";

const PUBLISHED = /\/public\/[^/]+\/(version\/[0-9]+\/)?map$/;

/** Where the form is and what of the map it knows; null where the file is not served as published.
 *  @param {{protocol: string, pathname: string}} address  of the file
 *  @param {{rows: string, columns: string, row_ids: string[], column_ids: string[]} | null} commented  cells that the form lists
 *  @returns {{overview: string, ofStudy: (id: number) => string, ofCell: (rows: string, row: string, columns: string, column: string) => string} | null} */
export function commentWays({ protocol, pathname }, commented) {
  const served = /^https?:$/.test(protocol) && PUBLISHED.exec(pathname);
  if (!served || !commented) return null;
  const [rowIds, columnIds] = [new Set(commented.row_ids), new Set(commented.column_ids)];
  const form = (about) => `${served[1] ? "../../" : ""}comment?about=${encodeURIComponent(about)}`;
  return {
    overview: "./",
    ofStudy: (id) => form(`study-${id}`),
    ofCell: (rows, row, columns, column) =>
      rows === commented.rows && columns === commented.columns && rowIds.has(row) && columnIds.has(column) ? form(`cell-${row}~${column}`) : "",
  };
}

/** A link to the form that says what the comment will be about. The form is never in a frame.
 *  @param {string} name  from outside */
export function commentLink(href, name) {
  return element("p", { class: "map-comment" }, element("a", { href, target: window.top === window ? null : "_blank", rel: "noopener" }, "Comment on ", element("bdi", { text: name })));
}
