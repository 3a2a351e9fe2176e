// Part of the coding desk (see __init__.py): the pane in the middle. Schemes are tabs; sections stand
// at the left edge with what is open in each; the questions that apply follow one another.

import { activeElement, button, keyHint, make, setAttribute, setText } from "./dom.js";
import { questionView } from "./question_view.js";
import { judgedChoice } from "./judged_choice.js";
import { studyQuestions } from "./scheme.js";
import { bestHit } from "./tree_rows.js";

export function schemePane(desk) {
  const tabs = make("div", { class: "tabs", role: "tablist", "aria-label": "Schemes" });
  const search = make("input", { type: "search", class: "search", placeholder: "Find codes", "aria-label": "Find codes", "aria-keyshortcuts": "F2", autocomplete: "off", spellcheck: "false",
    on: { input: () => setSearch(search.value), keydown: searchKeys } });
  const found = make("span", { class: "small", role: "status" });
  const sections = make("nav", { class: "sections", "aria-label": "Sections" });
  const questions = make("div", { class: "questions scroll", tabindex: "-1", id: "desk-questions", role: "tabpanel", "aria-label": "Questions" });
  const element = make("section", { class: "pane", id: "pane-scheme", "aria-label": "Codes", tabindex: "-1", data: { pane: "scheme" } },
    make("h2", { class: "hidden-title", text: "Codes" }),
    make("div", { class: "head" }, tabs, make("span", { class: "searchbox" }, search, found, keyHint("F2"))),
    make("div", { class: "beside" }, sections, questions));
  const judged = judgedChoice(desk);
  const views = new Map();
  let sectionViews = [];
  desk.search = { text: "", target: null };

  function drawScheme() {
    views.clear();
    sectionViews = desk.scheme.sections.map((section, at) => {
      const heading = make("h3", { text: section.title });
      const help = section.help ? make("p", { class: "small", text: section.help }) : null;
      const box = make("div", { class: "section" }, heading, help);
      const count = make("span", { class: "count" });
      const link = button("", () => desk.act.section(at), { class: "section-link" }, make("span", { text: section.title }), count);
      return { box, count, link, ids: [] };
    });
    for (const question of studyQuestions(desk.scheme)) {
      const view = questionView(desk, question);
      const section = sectionViews[desk.scheme.sectionOf.get(question.id)];
      section.ids.push(question.id);
      section.box.append(view.element);
      views.set(question.id, view);
    }
    sectionViews = sectionViews.filter((section) => section.ids.length);
    questions.replaceChildren(judged.element, ...sectionViews.map((section) => section.box));
    sections.replaceChildren(...sectionViews.map((section) => section.link));
    search.value = "";
    desk.search = { text: "", target: null };
  }

  function drawTabs() {
    const schemes = desk.sheet.schemes;
    const sign = JSON.stringify([schemes, desk.sheet.scheme_id]);
    if (tabs.dataset.sign === sign) return;
    tabs.dataset.sign = sign;
    const hadFocus = tabs.contains(activeElement(tabs));
    tabs.replaceChildren(...schemes.map((one) => {
      const here = one.id === desk.sheet.scheme_id;
      return button(one.title, () => desk.act.scheme(one.id), { role: "tab", title: one.title, "aria-selected": String(here), "aria-controls": "desk-questions", tabindex: here ? "0" : "-1" });
    }));
    if (hadFocus) tabs.querySelector("[aria-selected=true]")?.focus();
  }

  /** @param changed ids of questions whose answers changed; all where none are named */
  function update(changed) {
    drawTabs();
    judged.update();
    for (const [id, view] of views) {
      const hidden = !desk.asked.has(id);
      if (view.element.hidden !== hidden) view.element.hidden = hidden;
      if (!hidden && (!changed || changed.has(id))) view.update();
    }
    sectionViews.forEach((section) => {
      const { answered, asked, required, reasons } = desk.progress.sections[desk.scheme.sectionOf.get(section.ids[0])];
      const whole = asked > 0 && answered === asked && !reasons;
      setText(section.count, !asked ? "–" : whole ? "✓" : `${answered}/${asked}`);
      section.link.setAttribute("aria-label", `${section.link.firstChild.textContent}: ${asked ? `${answered} of ${asked} answered${required ? `, ${required} required open` : ""}${reasons ? `, ${reasons === 1 ? "1 reason" : `${reasons} reasons`} missing` : ""}` : "nothing asked"}`);
      section.link.classList.toggle("required-open", required + reasons > 0);
      const nothing = section.ids.every((id) => !desk.asked.has(id));
      if (section.box.hidden !== nothing) section.box.hidden = nothing;
    });
    if (desk.search.text) applySearch();
    markCurrent();
  }

  function markCurrent() {
    const now = desk.current.question;
    for (const [id, view] of views) view.element.classList.toggle("current", id === now);
    const at = desk.scheme.sectionOf.get(now);
    for (const section of sectionViews) setAttribute(section.link, "aria-current", desk.scheme.sectionOf.get(section.ids[0]) === at ? "true" : null);
  }

  // ── the search over all options ────────────────────────────────────────────────────────────────

  function setSearch(text) {
    desk.search.text = text.trim();
    desk.search.target = null;
    applySearch();
  }

  function applySearch() {
    const text = desk.search.text;
    let hits = 0;
    for (const [id, view] of views) {
      if (!desk.asked.has(id)) continue;
      let here = 0;
      for (const block of view.blocks()) {
        block.answer.setSearch(text);
        here += view.question.options.length && text ? countHits(block, text) : 0;
      }
      view.element.classList.toggle("without-hit", Boolean(text) && !here);
      hits += here;
    }
    for (const { box, ids } of sectionViews) box.classList.toggle("without-hit", Boolean(text) && ids.every((id) => views.get(id).element.classList.contains("without-hit") || views.get(id).element.hidden));
    setText(found, text ? (hits === 1 ? "1 code" : `${hits} codes`) : "");
    const targets = hitTargets();
    if (text && !targets.some((one) => isTarget(one))) setTarget(best(targets, text));
  }

  function countHits(block, text) {
    if (block.answer.hits) return block.answer.hits;
    return block.answer.rows().filter(({ option }) => bestHit([option], text)).length;
  }

  // What the arrows step through: every option that the search names, in reading order.
  function hitTargets() {
    const targets = [];
    if (!desk.search.text) return targets;
    for (const [id, view] of views) {
      if (!desk.asked.has(id) || !view.question.options.length) continue;
      for (const block of view.blocks()) {
        for (const row of block.answer.rows()) {
          const hit = row.hit || (!block.answer.hits && bestHit([row.option], desk.search.text));
          if (hit && row.option.selectable) targets.push({ question: id, arm: block.arm, id: row.id, option: row.option, view: block.answer, element: block.element });
        }
      }
    }
    return targets;
  }

  function best(targets, text) {
    const option = bestHit(targets.map((one) => one.option), text);
    return targets.find((one) => one.option === option) ?? null;
  }

  function isTarget(one) {
    const now = desk.search.target;
    return now && now.question === one.question && now.arm === one.arm && now.id === one.id;
  }

  function setTarget(target) {
    desk.search.target = target;
    for (const row of questions.querySelectorAll(".row.target")) row.classList.remove("target");
    const row = target && [...target.element.querySelectorAll(".row")].find((one) => one.dataset.code === target.id);
    row?.classList.add("target");
    row?.scrollIntoView({ block: "nearest" });
    if (target) desk.say(target.option.label);
  }

  function searchKeys(event) {
    if (event.isComposing) return;
    const targets = hitTargets();
    const at = targets.findIndex(isTarget);
    const target = targets[at];
    if (event.key === "ArrowDown") setTarget(targets[Math.min(targets.length - 1, at + 1)] ?? null);
    else if (event.key === "ArrowUp") setTarget(targets[Math.max(0, at - 1)] ?? null);
    else if (event.key === "Enter" && target) {
      desk.act.be(target.question, target.arm, target.id); // what is quoted or noted next belongs to it
      if (event.shiftKey) target.view.tickBelow(target.id);
      else target.view.tick(target.id);
    }
    else if (event.key === "Escape") {
      search.value = "";
      setSearch("");
      if (target) desk.act.question(target.question, target.arm, target.id);
      else questions.focus();
    } else return;
    event.preventDefault();
    event.stopPropagation();
  }

  function forget() {
    for (const view of views.values()) {
      view.history.close();
      for (const block of view.blocks()) block.answer.forget();
    }
  }

  return { element, questions, search, views, focusJudged: judged.focus, drawScheme, update, markCurrent, forget,
    sections: () => sectionViews,
    firstOf: (at) => sectionViews.find((section) => desk.scheme.sectionOf.get(section.ids[0]) === at)?.ids.find((id) => desk.asked.has(id)) };
}
