// What the viewer's scripts give for the documents on standard input, for test_taken_lists.py.

import { cellRows, csvText, studyRows, takenRis } from "../../evidence/viewer/taken_lists.js";
import { safeCell } from "../../evidence/viewer/taken_texts.js";
import { xlsxBytes } from "../../evidence/viewer/taken_workbook.js";

let text = "";
for await (const piece of process.stdin) text += piece;
const { document, texts = [], counts, view } = JSON.parse(text);
const studies = document.studies.id.map((_, position) => position);
const cells = new Map((counts?.cells ?? []).map((cell) => [`${cell.row} ${cell.column}`, cell]));
const asCounts = counts && { ...counts, at: (row, column) => cells.get(`${row} ${column}`) };
const rows = counts ? cellRows(document, view, asCounts) : studyRows(document, studies);
process.stdout.write(JSON.stringify({
  ris: takenRis(document, studies),
  rows,
  csv: csvText(rows),
  xlsx: Buffer.from(xlsxBytes(rows, "Studies: all/of them?")).toString("base64"),
  cells: texts.map(safeCell),
}));
