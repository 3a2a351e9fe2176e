// Part of the map's viewer (see __init__.py): where searches are written, shown, combined and taken away.

import { element, idFor, labelledSelect, press, writeAttribute, writeText } from "./map_elements.js";
import { LONGEST_SEARCH, faultWords, parsedSearch, searchTokens } from "./map_search_parser.js";
import { mapSearchTable } from "./map_search_table.js";
import { codeNames, codeTerm } from "./map_search_terms.js";
import { MOST_SEARCHES, emptyFields, mapSearches, referringNumbers, viewWithoutSearch } from "./map_searches.js";
import { headingLabel } from "./map_texts.js";
import { counted } from "./map_words.js";

const WAYS_TO_WRITE = [
  ["peer support", "both words, as whole words"],
  ["support*", "words that begin so"],
  ['"peer support"', "side by side"],
  ["housing or work", "one of them"],
  ["housing not work", "the first without the second"],
  ["title:housing", "in titles; also abstract, author, journal, quotation, note, study"],
  ["year:2010-2020", "also 2015, 2010- or -2020"],
  ["[Question: Code]", "a code, with those below it"],
  ["#1 not #2", "earlier searches, by their numbers"],
  ["(housing or work) peer", "parentheses; without them “not” goes before “and”, “and” before “or”"],
];
const FIELDS_IN_WORDS = { study: "names of studies", title: "titles", abstract: "abstracts", author: "authors", journal: "journals", quotation: "quotations", note: "notes" };

export function mapSearchPanel(viewer) {
  const { map } = viewer;
  const [labelId, troubleId] = [idFor("search-label"), idFor("search-trouble")];
  const label = element("label", { id: labelId });
  const field = element("textarea", { rows: 2, maxlength: LONGEST_SEARCH, id: idFor("search"), dir: "auto", spellcheck: "false", enterkeyhint: "search", "aria-describedby": troubleId, class: "map-search-field" });
  const trouble = element("p", { class: "map-trouble", role: "alert", hidden: true, id: troubleId });
  const send = element("button", { type: "submit", text: "Search" });
  const cancel = press("Cancel", () => { edit(null); field.focus(); });
  const form = element("form", { on: { submit: (event) => { event.preventDefault(); submit(field.value); } } }, label, field, trouble, element("div", { class: "map-pair" }, send, cancel));
  const table = mapSearchTable(viewer, { edit, remove, combine, refuse });
  const fields = element("p", { class: "map-small" });
  const panel = element("div", { class: "map-search-panel" }, form, codePicker(map, putIn), waysToWrite(), fields, table.element);
  let edited = null; // the number of the search that is being changed

  label.htmlFor = field.id;
  field.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
    event.preventDefault();
    form.requestSubmit();
  });

  function submit(written) {
    const text = written.trim().toWellFormed();
    const { searches } = viewer.view;
    const number = edited ?? searches.length + 1;
    const before = mapSearches(map, searches).slice(0, number - 1);
    const asks = parsedSearch(text, codeNames(map), before.map((search) => search.asks.kind !== "fault"));
    if (asks.kind === "fault") return refuseText(text, asks);
    if (number > MOST_SEARCHES) return refuse(`A map has at most ${MOST_SEARCHES} searches; remove one first.`);
    const isChange = edited !== null;
    const resting = isChange ? referringNumbers(searches, number) : [];
    edit(null);
    viewer.change({ searches: searches.toSpliced(number - 1, 1, text) });
    const also = resting.length ? ` What rests on it was counted again: ${resting.map((other) => `#${other}`).join(", ")}.` : "";
    viewer.say(`Search #${number} finds ${counted(mapSearches(map, viewer.view.searches)[number - 1].count, "study", "studies")}.${also}`);
  }

  function refuseText(text, fault) {
    field.value = text;
    refuse(faultWords(fault));
    writeAttribute(field, "aria-invalid", "true");
    field.focus();
    const end = searchTokens(text).find(({ at }) => at === fault.at)?.end ?? fault.at;
    const [from, to] = [fault.at, end].map((at) => [...text].slice(0, at).join("").length);
    field.setSelectionRange(from, to);
  }

  function refuse(words) {
    trouble.hidden = !words;
    writeText(trouble, words);
    if (words) trouble.scrollIntoView({ block: "nearest" });
    writeAttribute(field, "aria-invalid", null);
  }

  function edit(number) {
    edited = number;
    field.value = number === null ? "" : viewer.view.searches[number - 1];
    refuse("");
    if (number !== null) field.focus();
    update();
  }

  function remove(number) {
    const { view } = viewer;
    const referring = referringNumbers(view.searches, number).map((other) => `#${other}`).join(" and ");
    if (referring) return refuse(`Search #${number} is used by ${referring}. Change or remove ${referring} first.`);
    edit(null);
    viewer.change(viewWithoutSearch(view, number));
    field.focus();
    viewer.say(`Search #${number} is removed.${number <= viewer.view.searches.length ? ` The numbers behind it are one less now; the one that was #${number + 1} is #${number}.` : ""}`);
  }

  function combine(numbers, operator) {
    if (numbers.length < 2) return refuse("Tick two or more searches to combine them.");
    edit(null);
    submit(numbers.map((number) => `#${number}`).join(` ${operator} `));
  }

  function putIn(term) {
    const [before, after] = [field.value.slice(0, field.selectionStart), field.value.slice(field.selectionEnd)];
    const start = before && !/[\s(]$/.test(before) ? `${before} ${term}` : before + term;
    field.value = after && !/^[\s)]/.test(after) ? `${start} ${after}` : start + after;
    field.focus();
    field.setSelectionRange(start.length, start.length);
  }

  function update() {
    if (edited > viewer.view.searches.length) edited = null; // another address has fewer
    writeText(label, edited === null ? "New search" : `Change search #${edited}`);
    writeText(send, edited === null ? "Search" : "Keep the change");
    cancel.hidden = edited === null;
    const coming = { coming: "The abstracts are still being fetched; nothing is found in them yet. ", failed: "The abstracts could not be fetched, so nothing is found in them; please reload the page. " }[viewer.abstracts] ?? "";
    const empty = emptyFields(map).filter((each) => !coming || each !== "abstract").map((each) => FIELDS_IN_WORDS[each]);
    writeText(fields, coming + (empty.length ? `This map holds no ${empty.join(", no ")}: nothing is found in them.` : ""));
    table.update();
  }

  return { element: panel, update };
}

/** Lists of questions and of their codes; what is chosen there goes into the field. */
function codePicker(map, putIn) {
  const dimensions = map.dimensions.filter(({ ids }) => ids.length);
  const place = element("div", {});
  let dimension = null;
  const choose = (id) => {
    dimension = map.byId.get(id);
    const choices = dimension.ids.map((code, at) => [code, "\u00a0\u00a0".repeat(dimension.depths[at]) + headingLabel(dimension, at)]);
    place.replaceChildren(labelledSelect("Code", choices, choices[0][0], () => {}));
  };
  const put = press("Put in", () => putIn(codeTerm({ dimension: dimension.id, heading: place.querySelector("select").value }, codeNames(map))));
  const questions = labelledSelect("Question", dimensions.map(({ id, title }) => [id, title]), dimensions[0]?.id, choose);
  if (dimensions.length) choose(dimensions[0].id);
  return element("details", { hidden: !dimensions.length, class: "map-filter-section" }, element("summary", { text: "Add a code" }), questions, place, put);
}

function waysToWrite() {
  const rows = WAYS_TO_WRITE.map(([text, meaning]) => [element("dt", {}, element("code", { text })), element("dd", { text: meaning })]);
  return element("details", { class: "map-filter-section" }, element("summary", { text: "How to write a search" }), element("dl", { class: "map-search-ways" }, ...rows.flat()));
}
