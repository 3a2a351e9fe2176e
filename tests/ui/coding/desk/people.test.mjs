import assert from "node:assert/strict";
import { test } from "node:test";
import { peopleOfArms, peopleOffered } from "../../../../evidence/ui/coding/desk/people.js";
import { aScheme, aSheet, answer, question } from "./made.mjs";

const scheme = aScheme([question("all", "number", { unit: "people", short: "Participants" }), question("group", "number", { unit: "Participants" }),
  question("months", "number", { unit: "months" }), question("each", "number", { unit: "People", per_arm: true })]);
const arms = [{ uid: "armarm01", label: "IPS", people: "" }, { uid: "armarm02", label: "Usual", people: "69" }];
const people = (answers) => peopleOffered(scheme, aSheet({ arms, answers }), "armarm01").map((one) => one.people);

test("an arm is offered the people that questions were answered with, and not those that another arm has", () => {
  const answers = [answer("all", { value: "143" }), answer("group", { value: " 74 " }), answer("months", { value: "18" })];
  assert.deepEqual(peopleOffered(scheme, aSheet({ arms, answers }), "armarm01"), [{ people: "143", from: "Participants" }, { people: "74", from: "group?" }]);
  assert.deepEqual(people([answer("all", { value: "69" }), answer("group", { value: "about 70" })]), []);
  assert.deepEqual(people([answer("each", { value: "74", arm: "armarm01" }), answer("each", { value: "71", arm: "armarm02" })]), ["74"]);
});

test("an arm with people is offered nothing", () => {
  assert.deepEqual(peopleOffered(scheme, aSheet({ arms, answers: [answer("all", { value: "143" })] }), "armarm02"), []);
});

test("a finding is offered the people of its arms, for groups that have none", () => {
  const sheet = aSheet({ arms: [{ uid: "armarm01", label: "IPS", people: "74" }, { uid: "armarm02", label: "Usual", people: "<b>" }] });
  const both = { arm_intervention: "armarm01", arm_comparison: "armarm02" };
  assert.deepEqual(peopleOfArms(sheet, both), [{ field: "n_intervention", people: "74" }]);
  assert.deepEqual(peopleOfArms(sheet, { ...both, n_intervention: "73" }), []);
  assert.deepEqual(peopleOfArms(sheet, { arm_comparison: "gone" }), []);
});
