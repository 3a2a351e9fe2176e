// Part of the coding desk (see __init__.py): a document page by page.

import { make } from "./dom.js";

/** Shows a document in an element.
 *  @returns {{texts: () => any[], find: (words: string) => void, open: (quoted: any) => boolean, leave: () => void}} */
export function openPages(desk, document, reading) {
  reading.replaceChildren(make("p", {}, make("a", { href: `full-text/${document.id}`, target: "_blank", rel: "noopener noreferrer", text: `Open ${document.name}` })));
  return { texts: () => [], find() {}, open: () => false, leave() {} };
}
