// Part of the page of the report (see __init__.py): how a section looks, drawn from its blocks. Texts
// reach the page as texts only.

import { button, make } from "../../coding/desk/dom.js";

const NUMBERS = new Intl.NumberFormat("en");
const LINKS = /^(https?:\/\/|mailto:)/;

/** @param {object} shown what the preview has: `open(part)`, `seen(part, digest)` or null, `theme` */
export function sectionPreview(section, shown) {
  const blocks = section.blocks.map((block) => drawBlock(block, section, shown));
  if (!blocks.length) blocks.push(make("p", { class: "told", text: section.guidance || "Nothing is written here yet." }));
  return make("article", { class: "sheet", dir: "auto" }, make("h2", { class: "sheet-title", text: section.title, dir: "auto" }), ...blocks);
}

function drawBlock(block, section, shown) {
  switch (block.type) {
    case "heading": return make(`h${Math.min(Math.max(block.level + 1, 3), 6)}`, { dir: "auto" }, ...inlines(block.parts, section, shown));
    case "points": return make(block.numbered ? "ol" : "ul", { class: "points" }, ...block.points.map((point) => make("li", {}, ...point.map((part) => drawBlock(part, section, shown)))));
    case "quotation": return make("blockquote", {}, ...block.blocks.map((part) => drawBlock(part, section, shown)));
    case "table": return wide("Table", table(block.head.map((cell) => inlines(cell, section, shown)), block.rows.map((row) => row.map((cell) => inlines(cell, section, shown))), []));
    case "live": return liveBlock(block.live, section, shown);
    default: return make("p", { dir: "auto" }, ...inlines(block.parts, section, shown));
  }
}

function inlines(parts, section, shown) {
  return parts.flatMap((part) => ("live" in part ? [liveWords(part.live, section, shown)] : words(part)));
}

function words(part) {
  const lines = part.text.split("\n").flatMap((line, at) => (at ? [make("br"), line] : [line]));
  let nodes = lines;
  if (part.emphasis) nodes = [make("em", {}, ...nodes)];
  if (part.strong) nodes = [make("strong", {}, ...nodes)];
  if (part.link && LINKS.test(part.link)) nodes = [make("a", { href: part.link, target: "_blank", rel: "noopener noreferrer" }, ...nodes)];
  return nodes;
}

// ── live parts ───────────────────────────────────────────────────────────────────────────────────

function liveWords(part, section, shown) {
  const live = section.live[part];
  if (live.kind === "missing") return make("span", { class: "missing", title: live.why }, `{{${part}}}`, make("span", { class: "why", text: ` ${live.why}` }));
  const text = live.text ?? (live.kind === "list" ? live.lines.join("; ") || live.empty : live.caption);
  const label = `${text || "nothing to say"}. ${live.title}, ${studiesOf(live)}.`;
  const open = pressed(text || "∅", () => shown.open(part, open), { class: `live is-${live.kind}`, "aria-label": label, title: `${live.title}, ${studiesOf(live)}`, data: { part } });
  return make("span", { class: "live-words" }, open, ...wasBefore(part, live, shown));
}

// A button breaks over lines as its text does only where it is none of the browser's own.
function pressed(text, act, attributes) {
  const onKey = (event) => {
    if (!["Enter", " "].includes(event.key)) return;
    event.preventDefault();
    act();
  };
  return make("span", { role: "button", tabindex: "0", text, on: { click: act, keydown: onKey }, ...attributes });
}

function liveBlock(part, section, shown) {
  const live = section.live[part];
  if (live.kind === "missing") return make("p", { class: "missing" }, `{{${part}}} `, make("span", { class: "why", text: live.why }));
  if (live.text !== undefined) return make("p", { dir: "auto" }, liveWords(part, section, shown));
  const about = button(live.title, () => shown.open(part, about), { class: "live-about", "aria-label": `${live.title}, ${studiesOf(live)}`, title: studiesOf(live), data: { part } });
  const drawn = { table: liveTable, figure: liveFigure, list: liveList }[live.kind](part, live, shown);
  return make("div", { class: "live-block" }, make("div", { class: "live-head" }, about, ...wasBefore(part, live, shown)), ...drawn);
}

function liveTable(part, live) {
  if (!live.rows.length) return [make("p", { text: `${live.caption}: none.` })];
  const made = table(live.head, live.rows, live.numbers);
  made.prepend(make("caption", { text: live.caption }));
  return [wide(live.caption, made), ...more(live.more, "row", "rows"), ...(live.note ? [make("p", { class: "small", text: live.note })] : [])];
}

function liveList(part, live) {
  if (!live.lines.length) return [make("p", { text: live.empty })];
  return [make("ul", { class: "points" }, ...live.lines.map((line) => make("li", { text: line, dir: "auto" }))), ...more(live.more, "line", "lines")];
}

function liveFigure(part, live, shown) {
  const pages = Array.from({ length: live.pages }, (_, at) => {
    const query = new URLSearchParams({ part, theme: shown.theme, page: String(at + 1), version: live.digest });
    return make("img", { src: `${live.address}?${query}`, alt: at ? `${live.caption}, page ${at + 1}` : live.alt, loading: "lazy" });
  });
  return [make("figure", {}, make("div", { class: "pages", tabindex: "0", role: "region", "aria-label": live.caption }, ...pages), make("figcaption", { text: live.caption }))];
}

// A live part that says something else now than when it was written, or looked at last.
function wasBefore(part, live, shown) {
  if (live.was === undefined) return [];
  const told = live.was ? (live.was === live.text ? "rests on other studies than before" : `was: ${live.was}`) : "changed since it was written";
  const seen = shown.seen && button("Seen", () => shown.seen(part, live.digest), { class: "small-button", "aria-label": `Seen: ${live.title}` });
  return [make("span", { class: "changed" }, make("span", { "aria-hidden": "true", text: "△ " }), make("span", { text: told }), seen)];
}

export function studiesOf(live) {
  if (!live.studies) return "rests on no single study";
  return `rests on ${NUMBERS.format(live.studies)} ${live.studies === 1 ? "study" : "studies"}`;
}

// ── tables ───────────────────────────────────────────────────────────────────────────────────────

function table(head, rows, numbers) {
  const right = new Set(numbers);
  const cell = (name, content, at, attributes = {}) => make(name, { class: right.has(at) ? "number" : null, dir: "auto", ...attributes }, ...(Array.isArray(content) ? content : [content]));
  return make("table", {},
    make("thead", {}, make("tr", {}, ...head.map((name, at) => cell("th", name, at, { scope: "col" })))),
    make("tbody", {}, ...rows.map((row) => make("tr", {}, ...row.map((content, at) => cell("td", content, at))))));
}

function wide(name, content) {
  return make("div", { class: "wide", tabindex: "0", role: "region", "aria-label": name }, content);
}

function more(count, one, several) {
  return count ? [make("p", { class: "small", text: `and ${NUMBERS.format(count)} more ${count === 1 ? one : several}; the files have all` })] : [];
}
