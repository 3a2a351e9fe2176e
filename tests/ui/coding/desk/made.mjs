// A scheme and a study of our own making, as the server would give them.
import { schemeFrom } from "../../../../evidence/ui/coding/desk/scheme.js";
import { sheetFrom } from "../../../../evidence/ui/coding/desk/sheet.js";

export function option(id, label = id, options = [], more = {}) {
  return { id, label, help: "", link: "", selectable: true, role: "", options, ...more };
}

export function question(id, kind, more = {}) {
  const options = kind === "yes/no" ? [option("yes", "Yes"), option("no", "No")] : [];
  return { id, text: `${id}?`, short: "", help: "", kind, required: false, of: "study", axis: null, per_arm: false,
    unit: "", minimum: null, maximum: null, when: null, options, ...more };
}

export const SERVICES = [
  option("employment", "Employment", [
    option("supported", "Supported employment", [option("ips", "Individual placement and support"), option("other-supported", "Other")]),
    option("firm", "Social firm"),
  ]),
  option("education", "Education", [option("courses", "Courses")], { selectable: false }),
  option("other", "Other"),
];

export const ASKED = [
  question("service", "tree", { required: true, options: SERVICES, axis: "intervention" }),
  question("compared", "one of", { options: [option("usual"), option("none"), option("other", "Other")] }),
  question("people", "number", { minimum: 0, maximum: 1000, per_arm: true }),
  question("ips-fidelity", "yes/no", { when: { question: "service", any_of: ["supported"] }, required: true }),
  question("fidelity-scale", "text", { when: { question: "ips-fidelity", any_of: ["yes"] } }),
  question("begun", "date"),
  question("outcome", "tree", { of: "finding", axis: "outcome", options: [option("work", "Gaining work"), option("esteem", "Self-esteem")] }),
  question("site", "one of", { of: "finding", options: [option("all"), option("one-site")] }),
  question("which-site", "text", { of: "finding", required: true, when: { question: "site", any_of: ["one-site"] } }),
  question("job-kind", "one of", { of: "finding", options: [option("open"), option("sheltered")], when: { question: "outcome", any_of: ["work"] } }),
  question("ips-cost", "text", { of: "finding", when: { axis: "intervention", any_of: ["employment"] } }),
];

export function aScheme(questions = ASKED, retired = []) {
  const half = Math.min(5, questions.length);
  return schemeFrom({ version_id: 9, scheme_id: 5, name: "made", title: "Made", version: "1", purpose: "coding", judges: "study", retired,
    sections: [{ title: "First", help: "", questions: questions.slice(0, half) }, { title: "Second", help: "", questions: questions.slice(half) }] });
}

export function answer(question, more = {}) {
  return { question, code: "", arm: "", chosen: Boolean(more.code), value: "", note: "", ...more };
}

export function told(more = {}) {
  return { study: { id: 3, label: "Example 2001", reports: [] }, schemes: [], scheme_id: 5, version_id: 9, state: "draft", others: [],
    arms: [], time_points: [], answers: [], findings: [], quotations: [], ...more };
}

export const aSheet = (more) => sheetFrom(told(more));
