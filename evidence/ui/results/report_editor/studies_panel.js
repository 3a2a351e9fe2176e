// Part of the page of the report (see __init__.py): on which studies a live part rests.

import { button, make } from "../../coding/desk/dom.js";

/** @param editor with `fetchStudies(part)` and `review`, the number of the review */
export function studiesPanel(editor) {
  const title = make("h2", { text: "What it rests on", tabindex: "-1" });
  const body = make("div", { class: "scroll" });
  const element = make("section", { class: "behind", "aria-label": "What it rests on", hidden: true },
    make("div", { class: "head" }, title, button("Close", () => hide(), { class: "small-button" })), body);
  let from = null;
  element.addEventListener("keydown", (event) => { if (event.key === "Escape") { event.stopPropagation(); hide(); } });

  async function show(part, opener) {
    from = opener;
    element.hidden = false;
    const token = make("p", {}, make("code", { class: "token", text: `{{${part}}}` }));
    body.replaceChildren(token, make("p", { class: "told", role: "status", text: "The studies are being fetched …" }));
    title.focus();
    const [found, error] = await editor.fetchStudies(part).then((json) => [json, null], (failed) => [null, failed]);
    if (from !== opener) return;
    if (error) { body.replaceChildren(token, make("p", { class: "fault", role: "alert", text: error.words || "The studies could not be fetched; close this and try again." })); return; }
    const links = found.studies.map((study) => make("li", {}, make("a", { href: `coding?review=${editor.review()}&study=${study.id}`, target: "_blank", rel: "noopener", text: study.label, dir: "auto" })));
    const many = found.studies.length ? `${found.studies.length.toLocaleString("en")} ${links.length === 1 ? "study" : "studies"}; each opens where it is read and coded, in another tab.` : "It rests on no single study.";
    body.replaceChildren(token, ...found.made_of.map((told) => make("p", { text: told })), make("p", { class: "small", role: "status", text: many }), make("ul", { class: "study-links" }, ...links));
  }

  function hide() {
    element.hidden = true;
    const back = from;
    from = null;
    if (back?.isConnected) back.focus();
    else if (back) editor.find(back.dataset.part)?.focus();
  }

  return { element, show, hide };
}
