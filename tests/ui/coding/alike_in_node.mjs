// Reads {scheme, sheets} as JSON and gives for each sheet what the desk asks, misses and faults.
import { readFileSync } from "node:fs";
import { applying, faultOf, findingQuestions, progressOf } from "../../../evidence/ui/coding/desk/answered.js";
import { judgementOf, proposedCode } from "../../../evidence/ui/coding/desk/judgement.js";
import { schemeFrom } from "../../../evidence/ui/coding/desk/scheme.js";
import { answerAt, sheetFrom, standingFindings } from "../../../evidence/ui/coding/desk/sheet.js";

const { scheme: told, sheets } = JSON.parse(readFileSync(0, "utf8"));
const scheme = schemeFrom(told);
const found = sheets.map((one) => {
  const sheet = sheetFrom({ study: { id: 1, reports: [] }, scheme_id: told.scheme_id, quotations: [], time_points: [], ...one });
  const written = [...scheme.questions.values()].filter((question) => !question.options.length);
  return {
    asked: [...applying(scheme, sheet)],
    proposed: proposedCode(scheme, sheet, scheme.questions.get("d")),
    unreasoned: judgementOf(scheme, sheet, scheme.questions.get("d")).lacksReason,
    missing: progressOf(scheme, sheet).required,
    faulty: written.filter((question) => faultOf(question, answerAt(sheet, question.id, "", "")?.value ?? "")).map((question) => question.id),
    of_findings: standingFindings(sheet).map((finding) => findingQuestions(scheme, sheet, finding).map((question) => question.id)),
  };
});
process.stdout.write(JSON.stringify(found));
