// A map as one file (see __init__.py): begins the viewer with the document that stands in the file,
// shows the pages beside it, and gives all studies away. Nothing here asks a server; where the file is
// served as published, links lead to the page around it and to its form for comments.

import { commentWays } from "./comment_ways.js";
import { offerDownload } from "./downloads.js";
import { element } from "./map_elements.js";
import { beginMap } from "./map_viewer.js";
import { csvText, studyRows, takenRis } from "./taken_lists.js";
import { WORKBOOK, xlsxBytes } from "./taken_workbook.js";

const FILE_PAGES = ["map", "figures", "about", "codes"];
const PAGE_MARK = "page="; // before one of these it is the whole address; all others are the map's
const isEmbedded = new URLSearchParams(window.location.search).has("embed");
const whole = document.documentElement;
let mapAddress = "";
let begun = null;
let comments = null;

/** The document of the map, which is packed where it is large. */
async function readDocument() {
  const holder = document.getElementById("map-document");
  if (!holder.dataset.packed) return JSON.parse(holder.textContent);
  const bytes = Uint8Array.from(atob(holder.textContent), (sign) => sign.charCodeAt(0));
  const unpacked = new Blob([bytes]).stream().pipeThrough(new DecompressionStream(holder.dataset.packed));
  return JSON.parse(await new Response(unpacked).text());
}

function isFilePage(address) {
  return FILE_PAGES.some((page) => address === `${PAGE_MARK}${page}`);
}

function pageOf(address) {
  return isFilePage(address) ? address.slice(PAGE_MARK.length) : "map";
}

function showPage(page, mapDocument) {
  whole.dataset.page = page;
  for (const way of document.querySelectorAll("[data-page][href]")) {
    if (way.dataset.page === page) way.setAttribute("aria-current", "page");
    else way.removeAttribute("aria-current");
  }
  if (page !== "map") return;
  begun ??= beginMap(document.getElementById("map"), mapDocument, {
    embed: true, // the title stands above, or in the page around a frame
    theme: "",
    comments,
    base: window.location.href.split(/[?#]/)[0],
    onAddress: (address) => {
      mapAddress = address;
    },
  });
}

function takeAll(form, mapDocument) {
  const everyone = mapDocument.studies.id.map((_, position) => position);
  const name = fileName(mapDocument.title);
  if (form === "ris") offerDownload(`${name}.ris`, "application/x-research-info-systems", takenRis(mapDocument, everyone));
  if (form === "csv") offerDownload(`${name}.csv`, "text/csv", csvText(studyRows(mapDocument, everyone)));
  if (form === "xlsx") offerDownload(`${name}.xlsx`, WORKBOOK, xlsxBytes(studyRows(mapDocument, everyone), "Studies"));
  if (form === "json") offerDownload(`${name}.json`, "application/json", JSON.stringify(mapDocument));
}

function fileName(title) {
  return title.normalize("NFKC").replace(/[^\p{L}\p{N}]+/gu, "-").replace(/^-+|-+$/g, "").slice(0, 60) || "map";
}

/** The code for a frame, with the address at which the file is; one from a disk has none that others can use. */
function showFrame(title) {
  const { href, protocol } = window.location;
  const address = protocol.startsWith("http") ? href.split(/[?#]/)[0] : "ADDRESS OF THIS FILE";
  const escaped = (text) => text.replaceAll("&", "&amp;").replaceAll('"', "&quot;").replaceAll("<", "&lt;");
  document.getElementById("file-frame").textContent =
    `<iframe src="${escaped(address)}?embed" title="${escaped(title)}" width="100%" height="800" loading="lazy"></iframe>`;
}

/** The ways of a published map; its overview stands before the pages. */
function showPublished() {
  const holder = document.getElementById("map-comments");
  comments = commentWays(window.location, holder && JSON.parse(holder.textContent));
  const ways = document.querySelector(".file-ways");
  if (comments) ways.prepend(element("a", { href: comments.overview, class: "file-overview", text: "‹ Overview" }));
}

async function beginFile() {
  const mapDocument = await readDocument();
  showPublished();
  if (isEmbedded) whole.dataset.embed = "";
  document.getElementById("file-whole").href = window.location.href.split(/[?#]/)[0];
  showFrame(mapDocument.title || "Map");
  let first = pageOf(window.location.hash.slice(1));
  // The viewer listens, too; what names a page is not for it.
  window.addEventListener("hashchange", (event) => {
    const address = window.location.hash.slice(1);
    const page = pageOf(address);
    if (isFilePage(address)) {
      event.stopImmediatePropagation();
      if (page === "map") window.history.replaceState(window.history.state, "", `#${mapAddress}`);
    }
    const isOther = page !== (whole.dataset.page ?? first);
    showPage(page, mapDocument);
    if (isOther && page !== "map") document.querySelector(`#page-${page} h2`).focus();
  });
  if (first === "map" && window.location.hash === `#${PAGE_MARK}map`) window.history.replaceState(null, "", "#");
  showPage(first, mapDocument);
  document.addEventListener("click", ({ target }) => {
    const form = target instanceof Element && target.closest("[data-take]")?.dataset.take;
    if (form) takeAll(form, mapDocument);
  });
}

beginFile().catch((error) => {
  const trouble = document.getElementById("file-trouble");
  trouble.hidden = false;
  trouble.textContent = `The map cannot be drawn here: ${error.message}. A browser of 2023 or later is needed; the other pages can be read all the same.`;
  whole.dataset.page = "map";
});
