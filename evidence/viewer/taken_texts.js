// Part of the map's viewer (see __init__.py): texts that people take away as files. They are made as
// evidence/citations/formats/writer.py and cells.py make them, so that our readers read them back.

// Controls, byte order marks, what no encoding has, and two characters that our reader of tables uses.
const NOWHERE = /[\u0000-\u0008\u000e-\u001f\u007f-\u0084\u0086-\u009f\ufdd0\ufdd1\ufeff\ufffe\uffff\ud800-\udfff]/gu;
const BLANKS = /[\s\u0085]+/u;
const LINE_END = /\r\n|[\r\u000b\u000c\u001c-\u001e\u0085\u2028\u2029]/gu;

// A line within a value must not look like the first line of a field or of an entry.
const LOOKS_TAGGED = /^(?:[^\p{L}\p{N}(“‘•"'*]|[A-Z][A-Z0-9]{1,3}(?:[ \-–]|$)|ID: |Record #)/u;
const FORMULA = /^'*[=+\-@\t\r]/;

/** The text in one line. @param {unknown} text */
export function inOneLine(text) {
  return String(text ?? "").replace(NOWHERE, "").split(BLANKS).filter(Boolean).join(" ");
}

/** The text with its line ends, but for those behind which a line could be misunderstood. */
export function inParagraphs(text) {
  const [first = "", ...others] = String(text ?? "").replace(LINE_END, "\n").split("\n").map(inOneLine).filter(Boolean);
  return first + others.map((row) => (LOOKS_TAGGED.test(row) ? " " : "\n") + row).join("");
}

/** A cell that no spreadsheet program runs as a formula; numbers stay numbers. */
export function safeCell(cell) {
  if (typeof cell === "number") return cell;
  const text = inParagraphs(cell);
  return FORMULA.test(text) ? `'${text}` : text;
}
