// Part of the map's viewer (see __init__.py): what a study is, its codes and its findings.

import { element } from "./map_elements.js";
import { headingPath } from "./map_texts.js";

const ROLE_WORDS = [[1, "review"], [2, "ongoing"], [4, "low weight"]];
const DIRECTION = "property:direction";

/** An address that may be followed: http or https, else null.
 *  @param {string} text from outside */
export function safeAddress(text) {
  try {
    const address = new URL(text);
    return ["http:", "https:"].includes(address.protocol) ? address.href : null;
  } catch {
    return null;
  }
}

export function roleWords(roles) {
  return ROLE_WORDS.filter(([bit]) => roles & bit).map(([, word]) => word);
}

/** "Writer, A., Second, B. (2004). Title. Journal 4(2): 1-9." */
export function referenceText({ authors = [], year, title = "", journal = "", volume = "", issue = "", pages = "" }) {
  const names = authors.length > 6 ? `${authors.slice(0, 6).join(", ")} et al.` : authors.join(", ");
  const place = [journal, [volume, issue && `(${issue})`].filter(Boolean).join("")].filter(Boolean).join(" ") + (pages ? `: ${pages}` : "");
  return [`${names}${year ? ` (${year})` : ""}`.trim(), title, place].filter(Boolean).map((part) => (/[.?!]$/.test(part) ? part : `${part}.`)).join(" ");
}

/** All that the map knows of a study. */
export function studyCard(map, study) {
  const { reports } = map.studies;
  return element("div", { class: "map-card" },
    ...(reports[study] ?? []).map((report, at) => reportPart(report, at > 0)),
    ...codesPart(map, study), ...notesPart(map, study), ...findingsPart(map, study));
}

function reportPart(report, isFurther) {
  const links = [report.doi && ["DOI", safeAddress(`https://doi.org/${report.doi.replace(/^https?:\/\/(dx\.)?doi\.org\//i, "")}`)], report.link && ["Link", safeAddress(report.link)]];
  return element("div", { class: "map-report" },
    element("p", { dir: "auto" }, isFurther ? element("span", { class: "map-small", text: "Also: " }) : null, referenceText(report)),
    element("p", { class: "map-links" }, ...links.filter((link) => link && link[1]).map(([text, href]) => element("a", { href, target: "_blank", rel: "noopener noreferrer", text: `${text}: ${href.replace(/^https?:\/\/(doi\.org\/)?/, "")}` }))),
    report.abstract ? element("details", {}, element("summary", { text: "Abstract" }), element("p", { text: report.abstract, dir: "auto" })) : null);
}

function tickedPaths(dimension, unit) {
  const ticked = dimension.codes[unit];
  return (Array.isArray(ticked) ? ticked : [ticked]).filter((position) => position >= 0).map((position) => headingPath(dimension, position));
}

function codesPart(map, study) {
  const coded = map.dimensions.filter(({ of }) => of === "study").map((dimension) => [dimension.title, tickedPaths(dimension, study)]).filter(([, paths]) => paths.length);
  if (!coded.length) return [];
  return [element("h4", { text: "Codes" }), element("dl", { class: "map-codes-list" },
    ...coded.flatMap(([title, paths]) => [element("dt", { text: title, dir: "auto" }), ...paths.map((path) => element("dd", { text: path, dir: "auto" }))]))];
}

function notesPart(map, study) {
  const { notes } = map.document;
  const texts = (notes?.text ?? []).filter((_, at) => notes.study[at] === study);
  return texts.length ? [element("h4", { text: "Notes" }), ...texts.map((text) => element("p", { text, dir: "auto" }))] : [];
}

function findingsPart(map, study) {
  const [from, to] = [map.first[study], map.first[study + 1]];
  if (from === to) return [];
  const list = element("ol", { class: "map-findings" });
  for (let at = from; at < to; at++) list.append(findingPart(map, at));
  return [element("h4", { text: `Findings (${to - from})` }), list];
}

function findingPart(map, finding) {
  const { time, measure, n, effect, quotation, note } = map.findings;
  const ofFindings = map.dimensions.filter(({ of }) => of === "finding");
  const axes = ofFindings.filter(({ axis }) => axis === "intervention" || axis === "outcome").map((dimension) => tickedPaths(dimension, finding).join("; ")).filter(Boolean);
  const direction = tickedPaths(map.byId.get(DIRECTION) ?? { codes: [] }, finding).join("; ");
  const others = ofFindings.filter(({ id, axis }) => id !== DIRECTION && axis !== "intervention" && axis !== "outcome")
    .flatMap((dimension) => tickedPaths(dimension, finding).map((path) => `${dimension.title}: ${path}`));
  const people = n?.[finding] ? `n ${n[finding].map((number) => number ?? "?").join(" and ")}` : "";
  const small = [measure?.[finding], time?.[finding], people, effect?.[finding], ...others].filter(Boolean);
  return element("li", {},
    element("p", { dir: "auto" }, axes.join(" → "), direction ? element("strong", { text: `${axes.length ? ": " : ""}${direction}` }) : null),
    small.length ? element("p", { class: "map-small", text: small.join(" · "), dir: "auto" }) : null,
    quotation?.[finding] ? element("blockquote", { text: quotation[finding], dir: "auto" }) : null,
    note?.[finding] ? element("p", { class: "map-small", text: `Note: ${note[finding]}`, dir: "auto" }) : null);
}
