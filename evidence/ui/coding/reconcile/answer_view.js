// Part of the reconciling page (see __init__.py): one question, what each coding says to it, and what is
// agreed.

import { activeElement, button, freshId, keyHint, make } from "../desk/dom.js";
import { questionName } from "../desk/scheme.js";
import { CHANGED_SINCE, clashView, whoseChoice } from "./choice_words.js";
import { disputed, isOpen, isSaid, speakers, takesSeveral } from "./reconciled.js";
import { saidView } from "./said_view.js";

/** A row of the table of answers. It is drawn again only where what it shows changed.
 *  @param {string} key of the place */
export function comparedView(desk, key, titleId = freshId("asked")) {
  const element = make("tr", { class: "answer-row", tabindex: "-1", data: { key, question: "" } });
  let sign = "";

  function update(item) {
    const clash = desk.clashAt(key);
    const now = JSON.stringify([item, clash, desk.isClosed(), desk.sheet.coders]);
    element.classList.toggle("current", desk.current.key === key);
    element.tabIndex = desk.current.key === key ? 0 : -1;
    if (now === sign) return;
    sign = now;
    const within = element !== activeElement(desk.root) && element.contains(activeElement(desk.root));
    element.dataset.question = item.question;
    element.classList.toggle("open-place", isOpen(item));
    element.classList.toggle("differs", !item.agrees);
    element.replaceChildren(titleCell(item), ...desk.sheet.coders.map((coder, at) => saidCell(item, coder, at)), agreedCell(item, clash));
    if (within) element.focus({ preventScroll: true });
  }

  function titleCell(item) {
    const question = desk.scheme.questions.get(item.question);
    const tags = [item.arm ? desk.armLabel(item.arm) : "", item.is_asked ? "" : "not asked after what is agreed", question ? "" : "no longer in the scheme"].filter(Boolean);
    return make("th", { scope: "row", id: titleId }, make("span", { dir: "auto", text: questionName(desk.scheme, item.question) }),
      question?.help ? button("?", () => desk.say(question.help, true), { class: "mini", "aria-label": `Help: ${question.text}`, title: question.help }) : null,
      ...tags.map((text) => make("div", { class: "small", text })));
  }

  function saidCell(item, coder, at) {
    const said = item.said[at];
    const isTaken = Boolean(item.chosen?.how === "taken" && item.chosen.sources.some(([id]) => id === coder.coding_id));
    const take = desk.isClosed() ? null : button("Take", () => desk.act.take(at + 1, key), { class: "small-button", "aria-pressed": String(isTaken), "aria-label": `Take what ${coder.person} says: ${questionName(desk.scheme, item.question)}` }, at < 9 ? keyHint(String(at + 1)) : null);
    return make("td", { class: isTaken ? "taken" : "", data: { coder: coder.person } }, saidView(desk, item, said, disputed(item)), isSaid(said) || take ? take : null);
  }

  function agreedCell(item, clash) {
    const { chosen } = item;
    const closed = desk.isClosed();
    const several = desk.sheet.coders.length === 2 ? "Both" : "All";
    const both = !closed && !item.agrees && speakers(desk.sheet, item).length > 1 && takesSeveral(desk.scheme, item);
    const isOther = desk.scheme.questions.has(item.question);
    return make("td", { class: "agreed", data: { coder: "Agreed" } },
      chosen ? saidView(desk, item, item.now) : make("p", { class: "small", text: item.is_asked ? "Open" : "Not asked" }),
      chosen ? make("p", { class: "small", text: whoseChoice(desk, chosen) }) : null,
      chosen?.note ? make("p", { class: "noted" }, make("span", { class: "small", text: "Why " }), make("bdi", { text: chosen.note })) : null,
      item.has_changed ? make("p", { class: "trouble", text: CHANGED_SINCE }) : null,
      clash ? clashView(desk, clash) : null,
      closed ? null : make("p", { class: "acts row-acts" },
        item.agrees ? button("Take", () => desk.act.both(key), { class: "small-button" }, keyHint(desk.keyFor("both"))) : null,
        both ? button(several, () => desk.act.both(key), { class: "small-button" }, keyHint(desk.keyFor("both"))) : null,
        isOther ? button("Other …", () => desk.act.other(key), { class: "small-button" }, keyHint(desk.keyFor("other"))) : null,
        button("Note", () => desk.act.note(key), { class: "small-button" }, keyHint(desk.keyFor("note"))),
        chosen ? button("Take back", () => desk.act.take_back(key), { class: "small-button" }, keyHint(desk.keyFor("take_back"))) : null));
  }

  return { element, update, titleId };
}
