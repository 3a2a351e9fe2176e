// Part of the coding desk (see __init__.py): numbers of people that stand somewhere already, so that
// nobody types them again. They are only proposed; a person takes them.

import { applying } from "./answered.js";
import { standing } from "./sheet.js";

const MOST_OFFERS = 4;
const PEOPLE_UNITS = new Set(["people", "persons", "participants", "patients", "individuals", "adults", "clients"]); // what a unit of people is called
const IN_DIGITS = /^[0-9]{1,9}$/;

/** Numbers of people for an arm, from answers to the scheme's questions that count people; nothing
 *  where the arm has a number, and none that another arm has from there.
 *  @returns {{people: string, from: string}[]} from: what the question is called */
export function peopleOffered(scheme, sheet, armUid) {
  if (sheet.arms.get(armUid)?.people) return [];
  const taken = new Set(standing(sheet.arms).map((arm) => arm.people).filter(Boolean));
  const found = new Map();
  for (const id of applying(scheme, sheet)) {
    const { kind, unit, short, text } = scheme.questions.get(id);
    if (kind !== "number" || !PEOPLE_UNITS.has(unit.trim().toLowerCase())) continue; // months and euros are no people
    for (const { arm, value } of sheet.answers.get(id)?.values() ?? []) {
      const people = value.trim();
      const isFor = arm === armUid || (!arm && !taken.has(people));
      if (isFor && IN_DIGITS.test(people) && !found.has(people)) found.set(people, { people, from: short || text });
    }
  }
  return [...found.values()].slice(0, MOST_OFFERS);
}

/** The numbers of people of a finding's arms, for those of its two groups that have none yet.
 *  @param {Record<string, string>} fields of the finding
 *  @returns {{field: string, people: string}[]} */
export function peopleOfArms(sheet, fields) {
  return ["intervention", "comparison"].map((side) => ({ field: `n_${side}`, people: sheet.arms.get(fields[`arm_${side}`])?.people ?? "" }))
    .filter(({ field, people }) => !fields[field] && IN_DIGITS.test(people));
}
