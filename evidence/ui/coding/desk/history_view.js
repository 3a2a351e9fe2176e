// Part of the coding desk (see __init__.py): the list of what was said earlier, below a question or a
// finding. It is fetched when it is opened, and again when what it is about has changed.

import { activeElement, button, freshId, make } from "./dom.js";
import { historyOf } from "./fetched.js";
import { actsFrom, inWords, isConfirmed, putBack } from "./history.js";

const LONGEST_SHOWN = 600; // characters of a text that are shown; putting back takes it whole

/** @param about {question} or {finding}: ids
 *  @param home what gets the focus when the list is closed */
export function historyView(desk, about, name, home) {
  const id = freshId("history");
  const element = make("div", { class: "history", id, hidden: true, tabindex: "-1", role: "group", "aria-label": `History: ${name}`, on: { keydown: leave } });
  const opener = button("↺", () => toggle(), { class: "mini", title: "History", "aria-expanded": "false", "aria-controls": id, "aria-label": `History: ${name}` });
  let turn = 0;
  let shown = "";

  function leave(event) {
    if (event.key !== "Escape") return;
    close();
    home().focus({ preventScroll: true });
    event.preventDefault();
    event.stopPropagation();
  }

  function close() {
    turn++;
    element.hidden = true;
    opener.setAttribute("aria-expanded", "false");
  }

  function toggle() {
    if (!element.hidden) return close();
    element.hidden = false;
    opener.setAttribute("aria-expanded", "true");
    element.replaceChildren(make("p", { class: "small", text: "Loading …" }));
    element.focus({ preventScroll: true });
    return fetchAndShow();
  }

  // What stands now; while it has not reached the server, its history is not whole.
  function sign() {
    const { sheet } = desk;
    return JSON.stringify([sheet.study.id, sheet.scheme_id, sheet.state, about.finding ? sheet.findings.get(about.finding)?.fields : [...sheet.answers.get(about.question)?.values() ?? []]]);
  }

  async function fetchAndShow() {
    const mine = ++turn;
    shown = sign();
    const told = await historyOf(desk, about);
    if (mine === turn) show(told);
  }

  function show({ changes, is_whole: isWhole, message }) {
    const question = about.question ? desk.scheme.questions.get(about.question) : null;
    const acts = actsFrom(question, changes ?? []);
    const isHere = element.contains(activeElement(element));
    element.replaceChildren(
      message || !acts.length ? make("p", { class: "small", text: message ?? "Nothing was said here yet." }) : make("ol", {}, ...acts.map(line)),
      ...(isWhole === false ? [make("p", { class: "small", text: "What is older is kept, too, and not listed here." })] : []),
      button("Close", () => { close(); home().focus({ preventScroll: true }); }, { class: "mini" }));
    if (isHere) element.focus({ preventScroll: true }); // what was pressed is gone
    desk.keepInSight(element);
  }

  function line(act) {
    const { what, before, after } = inWords(desk.scheme, desk.sheet, about, act);
    const edit = putBack(desk.scheme, desk.sheet, about, act);
    const back = act.is_kept ? before : after;
    return make("li", { class: act.is_kept ? "" : "not-kept" },
      make("div", { class: "small", text: [whenText(act.at), act.person, act.source && `from the file “${clipped(act.source)}”`, act.copied_from && `copied from “${clipped(act.copied_from)}”`, act.version && `scheme version ${act.version}`].filter(Boolean).join(" · ") }),
      make("div", {}, make("bdi", { text: `${clipped(what)}: ` }), valueShown(before), ...(isConfirmed(act) ? [" confirmed"] : [" → ", valueShown(after)]), act.is_kept ? null : make("span", { class: "fault", text: act.reason ? ` not kept: ${act.reason}` : " not kept, because something else stood there" })),
      edit ? button(back ? (act.is_kept ? "Put back" : "Take this") : "Empty it again", () => take(edit), { class: "small-button", "aria-label": `${act.is_kept ? "Put back" : "Take"}: ${clipped(back) || "nothing"}` }) : null);
  }

  function take(edit) {
    desk.commitAll();
    if (desk.isClosed(edit)) return desk.sayClosed();
    desk.write(edit);
    return desk.say("Put back.", true);
  }

  /** Shows another list where something changed and the server knows it. */
  function update(isKnown) {
    opener.classList.toggle("unsaid", !isKnown); // it keeps its place: what is being clicked must not move away
    if (!element.hidden && shown !== sign() && !desk.box.pending.length) fetchAndShow();
  }

  return { element, opener, toggle, close, update };
}

function valueShown(value) {
  return value ? make("q", { dir: "auto", text: clipped(value) }) : make("span", { class: "small", text: "nothing" });
}

function clipped(value) {
  return value.length > LONGEST_SHOWN ? value.slice(0, LONGEST_SHOWN - 2) + "…" : value;
}

function whenText(at) {
  return new Date(at).toLocaleString(undefined, { dateStyle: "medium", timeStyle: "short" });
}
