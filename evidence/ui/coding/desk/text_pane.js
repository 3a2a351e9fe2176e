// Part of the coding desk (see __init__.py): the pane at the left, with what is read: titles and
// abstracts, and each document. What was quoted is marked; what is selected can be quoted.

import { button, freshId, keyHint, make, scrollPane, setText } from "./dom.js";
import { openPages } from "./pages.js";
import { hitsIn, isOn, moveSelection, pieces, placeOf, quotationFrom, wholeWords, wordsAt, wordsOf } from "./quotations.js";
import { keepReading, keptReading } from "./reading_place.js";
import { boxOf, placeIn, select, selectedRange } from "./selection.js";
import { folded } from "./tree_rows.js";
import { FIT, keepZoom, keptZoom, zoomed } from "./zoom.js";

const READ_ON_MS = 250; // after the last movement, where one reads is kept

export function textPane(desk) {
  const tabs = make("div", { class: "tabs", role: "tablist", "aria-label": "Texts" });
  const search = make("input", { type: "search", class: "search", placeholder: "Find in the text", "aria-label": "Find in the text", "aria-keyshortcuts": "/", autocomplete: "off", spellcheck: "false",
    on: { input: () => find(), keydown: searchKeys } });
  const found = make("span", { class: "small", role: "status" });
  const pageField = make("input", { type: "text", inputmode: "numeric", class: "page-number", id: freshId("page"), autocomplete: "off",
    on: { change: goToPage, focus: () => pageField.select(), blur: () => { pageField.value = pageField.dataset.here ?? ""; } } });
  const pageCount = make("span", { class: "small" });
  const zoomTold = make("span", { class: "small zoom-told", role: "status" });
  const pageTools = make("div", { class: "page-tools", role: "group", "aria-label": "Pages", hidden: true },
    make("label", { class: "small", for: pageField.id, text: "Page" }), pageField, pageCount,
    button("−", () => zoom(-1), { class: "mini", "aria-label": "Smaller", title: "Smaller (−)" }), zoomTold,
    button("+", () => zoom(1), { class: "mini", "aria-label": "Larger", title: "Larger (+)" }),
    button("Fit width", () => zoom(0), { class: "mini", title: "As wide as the pane (0)" }));
  const target = make("p", { class: "small target-line", id: "desk-quote-target" });
  const reading = make("div", { class: "reading scroll", tabindex: "0", role: "tabpanel", "aria-label": "Text", "aria-describedby": target.id, id: "desk-reading",
    on: { keydown: selectKeys, dragstart: () => { desk.dragged = selected(); }, dragend: () => { desk.dragged = null; }, click: clickedMark, scroll: () => keepSoon() } });
  const element = make("section", { class: "pane", id: "pane-text", "aria-label": "Text", tabindex: "-1", data: { pane: "text" } },
    make("h2", { class: "hidden-title", text: "Text" }),
    make("div", { class: "head" }, tabs, pageTools, make("span", { class: "searchbox" }, search, found, keyHint("/"))), reading, target);
  let shown = "abstract";
  let texts = []; // [{id, element, text, page}] of what can be quoted
  let pages = null; // of the document that is shown
  let byKeys = null; // {text, anchor, focus}: a selection by keys, in words
  let hitAt = -1;
  let pause = 0;
  let drawn = ""; // the study and reports that are shown
  let studyId = null;
  let size = 100; // percent, or FIT
  let keeping = 0;

  function documents() {
    return desk.sheet.study.reports.flatMap((report) => report.documents ?? []);
  }

  // The same study again, with another scheme for instance, stays as it is.
  function draw() {
    const { study } = desk.sheet;
    const sign = JSON.stringify([study.id, study.reports]);
    if (sign === drawn) return;
    keepNow();
    drawn = sign;
    studyId = study.id;
    const place = keptReading(desk.storage, studyId);
    size = place?.zoom || keptZoom(desk.storage);
    search.value = place?.search ?? "";
    const isThere = place && documents().some((one) => `file:${one.id}` === place.text);
    shown = isThere ? place.text : "abstract";
    drawTabs();
    show(shown, place ?? { page: 0, down: 0 });
  }

  // ── where one reads ────────────────────────────────────────────────────────────────────────────

  function keepSoon() {
    clearTimeout(keeping);
    keeping = setTimeout(keepNow, READ_ON_MS);
  }

  function keepNow() {
    clearTimeout(keeping);
    if (studyId === null || !reading.clientHeight) return; // hidden, it is nowhere
    const place = pages ? pages.place() : { page: 0, down: reading.scrollTop / reading.scrollHeight };
    if (pages && !place.page) return; // still loading
    keepReading(desk.storage, studyId, { text: shown, ...place, zoom: size, search: search.value.trim() });
  }

  function drawTabs() {
    const many = documents();
    const names = [["abstract", desk.sheet.study.reports.length > 1 ? "Abstracts" : "Abstract"], ...many.map((one) => [`file:${one.id}`, one.name])];
    tabs.replaceChildren(...names.map(([id, name]) => button(name, () => { show(id); }, { role: "tab", "aria-selected": String(id === shown), "aria-controls": "desk-reading", tabindex: id === shown ? "0" : "-1", title: name, data: { text: id } })));
  }

  // `place`: where one was; else the beginning, or the first place that is found.
  function show(id, place = null) {
    shown = id;
    byKeys = null;
    for (const tab of tabs.children) { tab.setAttribute("aria-selected", String(tab.dataset.text === id)); tab.tabIndex = tab.dataset.text === id ? 0 : -1; }
    pages?.leave();
    pages = null;
    pageTools.hidden = id === "abstract";
    seenPage(0, 0);
    applyZoom();
    reading.scrollTop = 0;
    if (id === "abstract") {
      drawReports();
      if (place) reading.scrollTop = place.page ? 0 : place.down * reading.scrollHeight;
    } else {
      const one = documents().find((document) => `file:${document.id}` === id);
      texts = [];
      pages = openPages(one, reading, { changed: () => { texts = pages.texts(); update(); }, place: (text) => setText(found, text), seen: seenPage });
      if (place?.page) pages.goTo(place.page, place.down);
      if (search.value.trim()) pages.find(search.value.trim(), !place);
    }
    update();
    if (!place) keepSoon();
  }

  // ── pages ──────────────────────────────────────────────────────────────────────────────────────

  function seenPage(page, all) {
    pageField.dataset.here = page ? String(page) : "";
    if (element.getRootNode().activeElement !== pageField) pageField.value = pageField.dataset.here;
    setText(pageCount, all ? `of ${all}` : "");
    pageField.dataset.all = String(all);
  }

  function goToPage() {
    const page = Number(pageField.value);
    const all = Number(pageField.dataset.all);
    if (Number.isInteger(page) && page >= 1 && page <= all) pages?.goTo(page);
    else if (pageField.value.trim()) desk.say(`There are pages 1 to ${all}.`, true);
  }

  function zoom(step) {
    size = zoomed(size, step);
    keepZoom(desk.storage, size);
    applyZoom();
    keepSoon();
  }

  // What is in the middle stays there.
  function applyZoom() {
    const [x, y] = [(reading.scrollLeft + reading.clientWidth / 2) / reading.scrollWidth, (reading.scrollTop + reading.clientHeight / 2) / reading.scrollHeight];
    const isFit = size === FIT;
    reading.toggleAttribute("data-fit", isFit);
    reading.style.setProperty("--zoom", isFit ? 1 : size / 100);
    setText(zoomTold, isFit ? "Fit" : `${size} %`);
    reading.scrollTo(x * reading.scrollWidth - reading.clientWidth / 2, y * reading.scrollHeight - reading.clientHeight / 2);
    pages?.sharpen();
  }

  function drawReports() {
    texts = [];
    reading.replaceChildren(...desk.sheet.study.reports.map((report) => {
      const title = quotable(`title:${report.work_id}`, "h3", report.title);
      const about = [report.authors, report.year, report.journal].filter(Boolean).join(" · ");
      const abstract = report.abstract ? quotable(`abstract:${report.work_id}`, "div", report.abstract) : make("p", { class: "small", text: "No abstract in the source." });
      return make("article", {}, title, make("p", { class: "small", text: about }), abstract);
    }));
    if (!desk.sheet.study.reports.length) reading.replaceChildren(make("p", { class: "small", text: "No report is linked to this study." }));
  }

  function quotable(id, name, text) {
    const element = make(name, { class: "quotable", data: { document: id } });
    texts.push({ id, element, text, page: 0 });
    return element;
  }

  // Marks are drawn again only where they changed: what is selected must stay.
  function update() {
    target.hidden = !desk.quoteTarget; // where nothing is quoted, only read
    if (desk.quoteTarget) setText(target, desk.isClosed() ? "" : desk.quoteTarget() ? `Q quotes for: ${desk.quoteTarget()}` : "Go to a question or a finding, select words, press Q.");
    const quotations = [...desk.sheet.quotations.values()];
    const sought = folded(search.value.trim());
    let hits = 0;
    for (const one of texts) {
      const spans = quotations.filter((quoted) => quoted.document === one.id && (quoted.page || 0) === one.page)
        .map((quoted) => ({ uid: quoted.uid, own: (desk.isMarked ?? isOn)(quoted, desk.current), ...(placeOf(one.text, quoted) ?? { from: 0, to: 0 }) })).filter((span) => span.to > span.from);
      const hitSpans = sought ? (one.hits?.() ?? hitsIn(one.text, sought)).map(([from, to], n) => ({ uid: `hit ${hits + n}`, from, to })) : [];
      hits += hitSpans.length;
      const sign = JSON.stringify([spans, hitSpans]);
      if (one.sign === sign) continue;
      one.sign = sign;
      if (one.draw) one.draw([...spans, ...hitSpans]);
      else one.element.replaceChildren(...pieces(one.text, [...spans, ...hitSpans]).map(({ text, uids }) => (uids.length ? marked(text, uids, spans) : document.createTextNode(text))));
    }
    const all = pages ? pages.count().places.length : hits;
    setText(found, sought ? (all === 1 ? "1 place" : `${all}${pages && !pages.count().complete ? "+" : ""} places`) : "");
  }

  function marked(text, uids, spans) {
    const quotes = uids.filter((uid) => !uid.startsWith("hit "));
    const own = spans.some((span) => span.own && quotes.includes(span.uid));
    return make("mark", { class: [quotes.length ? (own ? "own" : "other") : "", quotes.length < uids.length ? "hit" : ""].join(" ").trim(), text, data: { uids: uids.join(" "), quotes: quotes.join(" ") } });
  }

  function clickedMark(event) {
    const under = element.getRootNode().elementsFromPoint(event.clientX, event.clientY);
    const mark = under.find((one) => one.dataset?.quotes);
    if (mark && !selectedRange(element.getRootNode())) desk.act.showQuotation(mark.dataset.quotes.split(" ")[0]);
  }

  // ── finding ────────────────────────────────────────────────────────────────────────────────────

  function find() {
    hitAt = -1;
    keepSoon();
    clearTimeout(pause);
    if (pages) pause = setTimeout(() => pages?.find(search.value.trim()), 250);
    update();
    if (!pages) stepHit(1);
  }

  function stepHit(step) {
    if (pages) return pages.step(step);
    const marks = [...reading.querySelectorAll("mark.hit")];
    if (!marks.length) return undefined;
    hitAt = (hitAt + step + marks.length) % marks.length;
    marks.forEach((mark, n) => mark.classList.toggle("here", n === hitAt));
    return scrollPane(reading, marks[hitAt], "center");
  }

  function searchKeys(event) {
    if (event.isComposing) return;
    if (event.key === "Enter") stepHit(event.shiftKey ? -1 : 1);
    else if (event.key === "Escape") {
      const here = foundHere();
      search.value = "";
      find();
      reading.focus({ preventScroll: true });
      if (here) { byKeys = here; showByKeys(); }
    } else return;
    event.preventDefault();
    event.stopPropagation();
  }

  // The place that was found last is what a selection by keys begins with.
  function foundHere() {
    const place = pages?.foundPlace();
    const mark = reading.querySelector("mark.hit.here");
    const text = texts.find((one) => (place ? one.page === place.page : mark && one.element.contains(mark)));
    if (!text) return null;
    const from = place?.from ?? placeIn(text.element, mark, 0);
    const selection = wordsAt(text.text, from, place?.to ?? from + mark.textContent.length);
    return selection && { text, ...selection };
  }

  // ── selecting ──────────────────────────────────────────────────────────────────────────────────

  function selectKeys(event) {
    const nearer = { "+": 1, "=": 1, "-": -1, "−": -1, 0: 0 }[event.key];
    if (pages && nearer !== undefined && !event.ctrlKey && !event.metaKey && !event.altKey && event.target === reading) {
      event.preventDefault();
      event.stopPropagation();
      return zoom(nearer);
    }
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (!step || event.ctrlKey || event.metaKey || event.altKey || event.target !== reading) return;
    event.preventDefault();
    event.stopPropagation();
    const one = byKeys?.text ?? texts.find((text) => text.element.getBoundingClientRect().bottom > reading.getBoundingClientRect().top) ?? texts[0];
    if (!one) return;
    const words = wordsOf(one.text);
    const moved = moveSelection(words.length, byKeys, step, event.shiftKey);
    if (!moved) return;
    const atEnd = !event.shiftKey && byKeys && moved.focus === byKeys.focus;
    const other = atEnd && texts[texts.findIndex((text) => text.element === one.element) + step];
    if (other) { byKeys = { text: other, anchor: step > 0 ? 0 : wordsOf(other.text).length - 1, focus: step > 0 ? 0 : wordsOf(other.text).length - 1 }; return showByKeys(); }
    byKeys = { text: one, ...moved };
    showByKeys();
  }

  function showByKeys() {
    const { text, anchor, focus } = byKeys;
    const words = wordsOf(text.text);
    if (!words.length) return;
    const [first, last] = [Math.min(anchor, focus), Math.max(anchor, focus)];
    select(text.element, words[first][0], words[last][1]);
    const box = boxOf(text.element, words[focus][0], words[focus][1]);
    const frame = reading.getBoundingClientRect();
    if (box.bottom > frame.bottom - 8) reading.scrollTop += box.bottom - frame.bottom + 60;
    else if (box.top < frame.top + 8) reading.scrollTop -= frame.top - box.top + 60;
    if (box.right > frame.right - 8) reading.scrollLeft += box.right - frame.right + 60;
    else if (box.left < frame.left + 8) reading.scrollLeft -= frame.left - box.left + 60;
    desk.say(text.text.slice(words[first][0], words[last][1]).slice(-200));
  }

  /** What is selected, as a quotation without its id; null where nothing is. */
  function selected() {
    const range = selectedRange(element.getRootNode());
    if (!range || !reading.contains(range.startContainer)) return null;
    const one = texts.find(({ element: text }) => text.contains(range.startContainer) || text === range.startContainer)
      ?? texts.find(({ element: text }) => text.contains(range.endContainer));
    if (!one) return null;
    const owner = desk.sheet.study.reports.find((report) => (report.documents ?? []).some((each) => `file:${each.id}` === one.id));
    const [from, to] = [placeIn(one.element, range.startContainer, range.startOffset), placeIn(one.element, range.endContainer, range.endOffset)];
    const quoted = quotationFrom(one.text, one.id, one.page, ...wholeWords(one.text, from, to, one.words));
    return quoted && owner ? { ...quoted, work_id: owner.work_id } : quoted;
  }

  /** Opens the place of a quotation; false where its words are gone. */
  function open(quoted) {
    const id = quoted.document.startsWith("file:") ? quoted.document : "abstract";
    if (id !== "abstract" && !documents().some((each) => `file:${each.id}` === id)) return false;
    if (shown !== id) show(id);
    if (pages) return pages.open(quoted);
    const one = texts.find((text) => text.id === quoted.document);
    const place = one && placeOf(one.text, quoted);
    if (!place) return false;
    const mark = [...one.element.querySelectorAll("mark")].find((each) => each.dataset.uids.split(" ").includes(quoted.uid));
    scrollPane(reading, mark ?? one.element, mark ? "center" : "start");
    mark?.animate?.([{ outline: "3px solid currentColor" }, { outline: "3px solid transparent" }], 1200);
    return true;
  }

  return { element, reading, search, draw, update, selected, open };
}
