// Part of the coding desk (see __init__.py): what a finding is made of, and how findings are listed,
// sorted and copied. Fields have the names of the server's items.

import { axisCodeNow, axisLabel, questionName } from "./scheme.js";
import { standing } from "./sheet.js";

export const DIRECTIONS = { better: "▲", worse: "▼", "no change": "●", mixed: "◄►", "not stated": "–" };
export const SIGNIFICANCE = ["significant", "not significant", "not reported"];
export const REPORTING = { reported: "Reported", partly: "Partly", "measured only": "Measured, not reported" };
export const BENEFIT = { higher: "Higher is better", lower: "Lower is better" };
// Short names of evidence/coding/effects/measures.py.
const EFFECT_KINDS = { MD: "Mean difference", SMD: "Standardised mean difference", OR: "Odds ratio", RR: "Risk ratio", HR: "Hazard ratio", RD: "Risk difference", r: "Correlation" };
const SCALES = { no: "As printed", yes: "Logarithm, or Fisher’s z" };
export const CHOICES = {
  direction: { better: "▲ Better", worse: "▼ Worse", "no change": "● No change", mixed: "◄► Mixed", "not stated": "– Not stated" },
  significance: { significant: "Significant", "not significant": "Not significant", "not reported": "Not reported" },
  reporting: REPORTING,
  benefit: BENEFIT,
  adjusted: { yes: "Adjusted", no: "Not adjusted" },
  numbers_kind: { means: "Means of two groups", table: "Events of two groups", effect: "An effect with its interval", test: "t or p", correlation: "Correlation" },
  "numbers.effect_kind": EFFECT_KINDS,
  "printed.effect_kind": EFFECT_KINDS,
  "numbers.transformed": SCALES,
  "printed.transformed": SCALES,
  "numbers.two_sided": { yes: "Two-sided", no: "One-sided" },
  "numbers.groups": { one: "One group, before and after" },
  "numbers.scores": { final: "At the end", change: "Change since before" },
  "numbers.icc_from": { "of this report": "Of this report", "of another study": "Of another study", "an assumption": "An assumption" },
  "numbers.sign": { "+": "In favour of the intervention", "-": "Against it" },
};

/** The numbers that each kind asks for: rows of [name, label], two or three in a row. */
export const NUMBERS = {
  means: [
    [["scores", "Scores"], ["groups", "Groups"]],
    [["n1", "n, group 1"], ["mean1", "Mean"], ["sd1", "SD"]], [["se1", "or SE"], ["low1", "or CI from"], ["high1", "to"]],
    [["n2", "n, group 2"], ["mean2", "Mean"], ["sd2", "SD"]], [["se2", "or SE"], ["low2", "or CI from"], ["high2", "to"]],
  ],
  table: [[["events1", "Events, group 1"], ["total1", "of"]], [["events2", "Events, group 2"], ["total2", "of"]]],
  effect: [[["effect_kind", "Kind of effect"], ["effect", "Effect"], ["se", "SE"]], [["low", "or CI from"], ["high", "to"], ["level", "Level, %"]], [["transformed", "Scale of these numbers"]]],
  test: [[["n1", "n, group 1"], ["n2", "n, group 2"]], [["t", "t"], ["p", "or p"], ["sign", "Sign"]]],
  correlation: [[["r", "r"], ["n", "n"]]],
};

/** What few reports have of each kind; folded under More. */
export const RARE = {
  means: [[["randomised1", "Randomised, group 1"], ["randomised2", "Randomised, group 2"], ["level", "Level of the CIs, %"]]],
  table: [[["randomised1", "Randomised, group 1"], ["randomised2", "Randomised, group 2"]]],
  effect: [[["degrees_of_freedom", "Degrees of freedom, if the interval is from t"]]],
  test: [[["two_sided", "The p is"]]],
  correlation: [],
};

// People are asked for once, beside the finding; where they were typed with the numbers, they stay there.
const PEOPLE = { n1: "n_intervention", total1: "n_intervention", n2: "n_comparison", total2: "n_comparison" };

/** The field beside a finding in which the people of a group are asked for, for one among its numbers. */
export function askedAt(field) {
  return PEOPLE[field.replace(/^numbers\./, "")] ?? field;
}

/** The rows of numbers to ask for, each with the group that it is of ("1", "2", or "" for none).
 *  @param {Record<string, string>} fields of the finding
 *  @returns {{group: string, pairs: string[][]}[]} */
export function numberRows(kind, fields) {
  const rows = (NUMBERS[kind] ?? []).map((row) => row.filter(([name]) => !(name in PEOPLE) || fields[`numbers.${name}`]));
  return rows.filter((pairs) => pairs.length).map((pairs) => {
    const ends = new Set(pairs.map(([name]) => /[12]$/.exec(name)?.[0] ?? ""));
    return { group: ends.size === 1 ? [...ends][0] : "", pairs };
  });
}

/** What a group of a finding is called above its numbers, as “Group 1, intervention: IPS · n 74”. */
export function groupTitle(sheet, fields, group) {
  const side = group === "1" ? "intervention" : "comparison";
  const arm = sheet.arms.get(fields[`arm_${side}`])?.label;
  const people = fields[`n_${side}`];
  return `Group ${group}, ${side}${arm ? `: ${arm}` : ""} · ${people ? `n ${people}` : "n not given yet"}`;
}

export const CLUSTERS = [["cluster", "Mean size of clusters"], ["icc", "ICC"], ["icc_from", "Whose ICC"]];
export const PRINTED = [["effect_kind", "Printed result"], ["effect", "Effect"], ["low", "CI from"], ["high", "to"], ["p", "p"]];
export const RARE_PRINTED = [["level", "Level of the printed CI, %"], ["transformed", "Scale of the printed result"]];

/** What fields are called, those of the numbers apart. */
export const FIELD_NAMES = { intervention: "Intervention", contrast: "Contrast", outcome: "Outcome", measure: "Measure", benefit: "Benefit", time: "Time", reporting: "Reporting",
  n_intervention: "n, intervention", n_comparison: "n, comparison", direction: "Direction (for people)", significance: "Significance", numbers_kind: "Numbers", adjusted: "Adjusted",
  arm_intervention: "Arm: intervention", arm_comparison: "Arm: comparison", direction_reason: "Reason, if direction and numbers differ", note: "Note", quotation: "Quotation of an earlier coding", removed: "The finding" };

/** The name of a field of a finding. */
export function fieldName(scheme, field) {
  const [group, name] = [field.slice(0, field.indexOf(".")), field.slice(field.indexOf(".") + 1)];
  if (group === "answer") return questionName(scheme, name);
  if (group === "answer_note") return `Note: ${questionName(scheme, name)}`;
  if (group === "printed") return `Printed: ${[...PRINTED, ...RARE_PRINTED].find(([one]) => one === name)?.[1] ?? name}`;
  if (group === "numbers") return [...Object.values(NUMBERS).flat(2), ...Object.values(RARE).flat(2), ...CLUSTERS].find(([one]) => one === name)?.[1] ?? name;
  return FIELD_NAMES[field] ?? field;
}

/** Columns of the grid. */
export const COLUMNS = [
  { name: "outcome", title: "Outcome", field: "outcome" },
  { name: "measure", title: "Measure", field: "measure" },
  { name: "time", title: "Time", field: "time" },
  { name: "n", title: "n", field: "n_intervention" },
  { name: "direction", title: "Dir.", field: "direction" },
];

/** What stands in a cell. */
export function cellText(scheme, sheet, finding, column) {
  const { fields } = finding;
  if (column === "outcome") return fields.outcome ? axisLabel(scheme, "outcome", axisCodeNow(scheme, "outcome", fields.outcome)) : "";
  if (column === "time") return timeText(sheet, fields.time);
  if (column === "n") return [fields.n_intervention, fields.n_comparison].some(Boolean) ? `${fields.n_intervention || "?"} / ${fields.n_comparison || "?"}` : "";
  if (column === "direction") return fields.reporting === "measured only" ? "n. r." : DIRECTIONS[fields.direction] ?? "";
  return fields[column] ?? "";
}

/** A time is one of the study's time points, or as somebody wrote it. */
export function timeText(sheet, time) {
  return sheet.time_points.get(time)?.label ?? time ?? "";
}

/** The name of a finding, as "Self-esteem · 18 months". */
export function nameOf(scheme, sheet, finding, number) {
  const parts = ["outcome", "time"].map((column) => cellText(scheme, sheet, finding, column)).filter(Boolean);
  return parts.join(" · ") || `Finding ${number}`;
}

/** Findings by a column; those without anything there stay last in both directions.
 *  @param {{column: string, down: boolean}|null} order null for the order they were made in */
export function sorted(scheme, sheet, findings, order) {
  if (!order) return findings;
  const text = new Map(findings.map((finding) => [finding, cellText(scheme, sheet, finding, order.column)]));
  const compare = (a, b) => {
    const [one, two] = [text.get(a), text.get(b)];
    if (!one || !two) return (one ? 0 : 1) - (two ? 0 : 1);
    return (order.down ? -1 : 1) * one.localeCompare(two, undefined, { numeric: true });
  };
  return [...findings].sort(compare);
}

/** The next order when a heading is pressed: up, down, as made. */
export function nextOrder(order, column) {
  if (order?.column !== column) return { column, down: false };
  return order.down ? null : { column, down: true };
}

const OWN = new Set(["removed", "quotation", "direction_reason"]); // belong to one finding alone

/** The edits that make a copy of a finding; answers that the scheme no longer asks for stay behind. */
export function copyEdits(finding, uid, scheme) {
  const asked = (field) => !/^answer(_note)?\./.test(field) || scheme.questions.has(field.slice(field.indexOf(".") + 1));
  return Object.entries(finding.fields)
    .filter(([field, text]) => text && !OWN.has(field) && !field.startsWith("printed.") && asked(field))
    .map(([field, text]) => ({ kind: "finding", uid, field, before: "", after: text }));
}

/** What a new finding begins with: what the last one has in common with most that follow it. A
 *  finding is there from its first item on, so there is always one. */
export function firstEdits(sheet, findings, uid) {
  const last = findings.at(-1)?.fields ?? {};
  const taken = ["intervention", "contrast", "arm_intervention", "arm_comparison"].filter((field) => last[field]);
  const arms = standing(sheet.arms);
  const start = Object.fromEntries(taken.map((field) => [field, last[field]]));
  if (!findings.length && arms.length === 2) {
    start.arm_intervention = arms[0].uid;
    start.arm_comparison = arms[1].uid;
  }
  const edits = Object.entries(start).map(([field, after]) => ({ kind: "finding", uid, field, before: "", after }));
  return [{ kind: "finding", uid, field: "position", before: "", after: String(1 + Math.max(0, ...findings.map((one) => one.position))) }, ...edits];
}

/** What the server finds wrong with a field of a finding; "" where nothing.
 *  @param computed by the uids of findings, as the server says it */
export function computedFault(computed, uid, field) {
  return faultAt(computed?.[uid]?.faults ?? [], field)?.sentence ?? "";
}

function faultAt(faults, field) {
  return faults.find((fault) => fault.field === field) ?? faults.find((fault) => askedAt(fault.field) === field);
}

const WITHOUT_FAULT = new Set(["intervention", "contrast", "outcome", "time", "arm_intervention", "arm_comparison"]);

/** The faults of a finding that stand at none of the fields that are shown.
 *  @param {{field: string, sentence: string}[]} faults @param {Iterable<string>} shown names of fields */
export function faultsApart(faults, shown) {
  const atField = new Set([...shown].filter((field) => !WITHOUT_FAULT.has(field)).map((field) => faultAt(faults, field)));
  return faults.filter((fault) => !atField.has(fault));
}

/** What does not hinder completing, but should be looked at: how much of it each finding has.
 *  @returns {{all: number, ofFindings: {uid: string, count: number}[]}} all: hints on the coding counted, too */
export function noticesOf(findings, computed, hints) {
  const ofFindings = findings.map(({ uid }) => ({ uid, count: computed?.[uid]?.notices?.length ?? 0 })).filter((one) => one.count);
  return { all: hints.length + ofFindings.reduce((sum, one) => sum + one.count, 0), ofFindings };
}

/** What is wrong with a number of a finding, to stand beside it. */
export function numberFaultOf(field, text) {
  const value = (text ?? "").trim().replace(field.endsWith(".level") ? /\s*%$/ : "", "");
  if (!value) return "";
  if (field === "n_intervention" || field === "n_comparison") {
    return /^[0-9]{1,9}$/.test(value) ? "" : "A number of people, in digits.";
  }
  if (!/^(numbers|printed)\./.test(field) || field in CHOICES) return "";
  if (/\.(randomised[12]|degrees_of_freedom)$/.test(field)) return /^[0-9]{1,9}$/.test(value) ? "" : "A whole number, in digits.";
  if (field.endsWith(".p") && /^[<>=≤≥]?\s*0?\.[0-9]+$|^[01]$/.test(value)) return "";
  return /^[-+−]?([0-9]+(\.[0-9]*)?|\.[0-9]+)([eE][-+]?[0-9]{1,3})?$/.test(value) ? "" : "Not a number; write it in digits, such as 12.5.";
}
