// Part of the map's viewer (see __init__.py): a table as an Excel workbook, without a library.

import { safeCell } from "./taken_texts.js";

/** The type of its content. */
export const WORKBOOK = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";
const LONGEST = 32000; // characters; Excel takes 32,767 in a cell
const CUT = " … (cut; the CSV has it all)";
const MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
const OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
const PACKAGE = "http://schemas.openxmlformats.org/package/2006";
const XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n';
const TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml";
const BOLD = 1;

/** A workbook of one sheet whose head stays and filters; numbers stay numbers.
 *  @param {import("./taken_lists.js").TakenRow[]} rows  the head first
 *  @param {string} name  of the sheet
 *  @returns {Uint8Array} */
export function xlsxBytes(rows, name) {
  return zipped(Object.entries(workbookParts(rows, name)));
}

function workbookParts(rows, name) {
  return {
    "[Content_Types].xml": `${XML}<Types xmlns="${PACKAGE}/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/xl/workbook.xml" ContentType="${TYPE}.sheet.main+xml"/><Override PartName="/xl/styles.xml" ContentType="${TYPE}.styles+xml"/><Override PartName="/xl/worksheets/sheet1.xml" ContentType="${TYPE}.worksheet+xml"/></Types>`,
    "_rels/.rels": `${XML}<Relationships xmlns="${PACKAGE}/relationships"><Relationship Id="rId1" Type="${OFFICE}/officeDocument" Target="xl/workbook.xml"/></Relationships>`,
    "xl/workbook.xml": `${XML}<workbook xmlns="${MAIN}" xmlns:r="${OFFICE}"><sheets><sheet name="${inXml(sheetName(name))}" sheetId="1" r:id="rId1"/></sheets></workbook>`,
    "xl/_rels/workbook.xml.rels": `${XML}<Relationships xmlns="${PACKAGE}/relationships"><Relationship Id="rId1" Type="${OFFICE}/worksheet" Target="worksheets/sheet1.xml"/><Relationship Id="rId2" Type="${OFFICE}/styles" Target="styles.xml"/></Relationships>`,
    "xl/styles.xml": `${XML}<styleSheet xmlns="${MAIN}"><fonts count="2"><font><sz val="11"/><name val="Calibri"/></font><font><b/><sz val="11"/><name val="Calibri"/></font></fonts><fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill></fills><borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders><cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs><cellXfs count="2"><xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0" applyAlignment="1"><alignment vertical="top"/></xf><xf numFmtId="0" fontId="1" fillId="0" borderId="0" xfId="0" applyFont="1"/></cellXfs><cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>`,
    "xl/worksheets/sheet1.xml": sheetXml(rows),
  };
}

/** Excel takes 31 characters in the name of a sheet, and not all of them. */
function sheetName(name) {
  return name.replace(/[[\]:*?/\\']/g, " ").trim().slice(0, 31) || "Table";
}

function sheetXml(rows) {
  const columns = Math.max(1, ...rows.map((row) => row.length));
  const extent = `A1:${letters(columns - 1)}${Math.max(1, rows.length)}`;
  const body = rows.map((row, at) => `<row r="${at + 1}">${row.map((cell, column) => cellXml(`${letters(column)}${at + 1}`, cell, at === 0)).join("")}</row>`).join("");
  return `${XML}<worksheet xmlns="${MAIN}"><dimension ref="${extent}"/><sheetViews><sheetView workbookViewId="0"><pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/></sheetView></sheetViews><sheetFormatPr defaultRowHeight="15"/><cols><col min="1" max="${columns}" width="24" customWidth="1"/></cols><sheetData>${body}</sheetData><autoFilter ref="${extent}"/></worksheet>`;
}

function cellXml(place, cell, isHead) {
  if (cell === null || cell === undefined || cell === "") return "";
  if (typeof cell === "number") return `<c r="${place}"><v>${cell}</v></c>`;
  const text = String(safeCell(cell));
  const whole = text.length > LONGEST ? text.slice(0, LONGEST - CUT.length).replace(/[\ud800-\udbff]$/, "") + CUT : text;
  return `<c r="${place}"${isHead ? ` s="${BOLD}"` : ""} t="inlineStr"><is><t xml:space="preserve">${inXml(whole)}</t></is></c>`;
}

function inXml(text) {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;").replaceAll('"', "&quot;");
}

function letters(column) {
  const before = Math.floor(column / 26);
  return (before ? letters(before - 1) : "") + String.fromCharCode(65 + (column % 26));
}

const TABLE = Uint32Array.from({ length: 256 }, (_, byte) => {
  let sum = byte;
  for (let bit = 0; bit < 8; bit++) sum = sum & 1 ? (sum >>> 1) ^ 0xedb88320 : sum >>> 1;
  return sum >>> 0;
});

function checksum(bytes) {
  let sum = 0xffffffff;
  for (const byte of bytes) sum = TABLE[(sum ^ byte) & 0xff] ^ (sum >>> 8);
  return (sum ^ 0xffffffff) >>> 0;
}

const UTF8_NAMES = 0x0800;
const FIRST_DAY = 0x21; // 1980-01-01: the same table gives the same bytes

/** Parts as they are, not compressed, in a zip archive.
 *  @param {[string, string][]} parts  name and text
 *  @returns {Uint8Array} */
function zipped(parts) {
  const encoder = new TextEncoder();
  const pieces = [];
  const listed = [];
  let offset = 0;
  for (const [name, text] of parts) {
    const [nameBytes, content] = [encoder.encode(name), encoder.encode(text)];
    const about = [[2, 20], [2, UTF8_NAMES], [2, 0], [2, 0], [2, FIRST_DAY], [4, checksum(content)], [4, content.length], [4, content.length], [2, nameBytes.length], [2, 0]];
    const local = littleEndian([[4, 0x04034b50], ...about]);
    listed.push(littleEndian([[4, 0x02014b50], [2, 20], ...about, [2, 0], [2, 0], [2, 0], [4, 0], [4, offset]]), nameBytes);
    pieces.push(local, nameBytes, content);
    offset += local.length + nameBytes.length + content.length;
  }
  const size = listed.reduce((sum, piece) => sum + piece.length, 0);
  const end = littleEndian([[4, 0x06054b50], [2, 0], [2, 0], [2, parts.length], [2, parts.length], [4, size], [4, offset], [2, 0]]);
  return bytesOf([...pieces, ...listed, end]);
}

function littleEndian(fields) {
  const bytes = new Uint8Array(fields.reduce((sum, [size]) => sum + size, 0));
  const view = new DataView(bytes.buffer);
  let at = 0;
  for (const [size, value] of fields) {
    if (size === 2) view.setUint16(at, value, true);
    else view.setUint32(at, value, true);
    at += size;
  }
  return bytes;
}

function bytesOf(pieces) {
  const whole = new Uint8Array(pieces.reduce((sum, piece) => sum + piece.length, 0));
  let at = 0;
  for (const piece of pieces) {
    whole.set(piece, at);
    at += piece.length;
  }
  return whole;
}
