// Part of the map's viewer (see __init__.py): gives a file to whoever reads the map. Nothing leaves
// the browser; it works in a page that may not ask any server, too.

const KEPT_FOR = 60_000; // milliseconds in which a browser surely began to save it

/** @param {string} name  of the file
 *  @param {string} type  of its content, for example "text/csv"
 *  @param {string | Uint8Array} content */
export function offerDownload(name, type, content) {
  const address = URL.createObjectURL(new Blob([content], { type }));
  const link = document.createElement("a");
  link.href = address;
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(address), KEPT_FOR);
}
