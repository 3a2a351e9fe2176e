// The coding desk in the browser; begun here, with the frame around the panes, keys and the server.
// __init__.py joins it with the other modules, which hold functions and nothing of their own.

import { actsOf } from "./acts.js";
import { acknowledge, newDesk, refreshAll, settleArm } from "./desk.js";
import { isOf } from "./edits.js";
import { activeElement, button, keyHint, make, setText } from "./dom.js";
import { findingsPane } from "./findings_pane.js";
import { fit, listenToPage, showRefused, wireTabs } from "./frame.js";
import { keyPressed, keysDialog } from "./keys.js";
import { trouble } from "../../shell/link.js";
import { flush, takeAlong } from "../../shell/outbox.js";
import { PANES, NARROW, forReading, layoutFrom, moveEdge, toggled, widths } from "./panes.js";
import { schemePane } from "./scheme_pane.js";
import { textPane } from "./text_pane.js";
import { pastOf } from "./undo.js";

const desks = new WeakMap();
const STEP = 24; // pixels by which a key moves an edge
const LAYOUT = "waymark-coding-layout";
const TITLES = { text: "Text", scheme: "Codes", findings: "Findings" };

export default function (component) {
  const { data, parentElement, setTriggerValue } = component;
  let desk = desks.get(parentElement);
  if (!desk || desk.storage !== data.storage) {
    desk?.leave?.();
    const before = desk;
    desk = newDesk(data.storage);
    desk.storage = data.storage;
    if (before?.storage === data.storage) takeAlong(desk.box, before.box);
    desks.set(parentElement, desk);
    drawDesk(desk, parentElement.querySelector("#desk"));
  }
  desk.box.send = (items) => setTriggerValue("items", { items, storage: desk.storage });
  desk.box.data = data;
  desk.go = (place) => setTriggerValue("go", { ...place, storage: desk.storage });
  desk.keepKeys = (keys) => setTriggerValue("keys", { keys, storage: desk.storage });
  desk.data = data;
  desk.box.leave = () => desk.leave();
  listenToPage(desk, (event) => keyPressed(desk, event));
  heard(desk);
  flush(desk.box);
  return () => desk.leave?.();
}

// The server has said something: what became of items, and which study is open.
function heard(desk) {
  const { study_id, scheme_id } = desk.data;
  const completing = desk.box.pending.filter((item) => item.kind === "state" && item.after === "complete");
  const changed = acknowledge(desk);
  if (desk.sheet && completing.some((item) => isOf(desk.sheet, item) && !turnsUp(desk.box, item))) desk.act.tellComplete();
  desk.dialog.heard();
  const arrived = desk.wanted && desk.wanted.study_id === study_id && desk.wanted.scheme_id === scheme_id;
  if (arrived) desk.wanted = null;
  const elsewhere = !desk.wanted && (!desk.sheet || desk.sheet.study.id !== study_id || desk.sheet.scheme_id !== scheme_id);
  if (elsewhere && desk.opening !== `${study_id} ${scheme_id}`) {
    desk.opening = `${study_id} ${scheme_id}`;
    desk.act.open(study_id, scheme_id).then(() => { desk.opening = ""; });
  } else if (desk.sheet && !desk.wanted && desk.acts !== desk.data.acts) {
    desk.act.reload(); // answers were changed beside the desk
  } else if (desk.sheet && (changed || saidOf(desk) !== desk.saidSign)) {
    desk.saidSign = saidOf(desk);
    refreshAll(desk);
  } else desk.drawFrame();
  desk.acts = desk.data.acts;
  if (desk.sheet && !desk.wanted && !desk.opening) lookForSchemes(desk);
  if (arrived && desk.steps) {
    const by = desk.steps;
    desk.steps = 0;
    if (by > 0) desk.act.next(); else desk.act.previous();
  }
}

// A scheme or version that was taken while the desk is open shows at once.
function lookForSchemes(desk) {
  const now = String(desk.data.version_ids ?? "");
  if (!now || now === desk.versionsAsked || now === String(desk.sheet.schemes.map((one) => one.version_id))) return;
  desk.versionsAsked = now;
  desk.act.reload();
}

// Whether an item still waits, or was turned down.
function turnsUp(box, { client_id: id }) {
  return [...box.pending, ...box.refused, ...box.clashed].some((one) => one.client_id === id);
}

// What the server says of the coding as a whole.
function saidOf(desk) {
  return JSON.stringify([desk.data.computed, desk.data.hints, desk.data.study_id]);
}

function drawDesk(desk, root) {
  desk.root = root;
  desk.layout = layoutFrom(keptLayout());
  desk.tab = "scheme";
  desk.act = actsOf(desk);
  const part = {
    label: make("strong", {}), about: make("span", { class: "small" }), place: make("span", { class: "small place" }), state: make("span", { class: "state" }),
    refused: make("section", { class: "refused", role: "alert", hidden: true }), trouble: make("p", { class: "trouble", role: "status", hidden: true }),
    saved: make("span", { class: "saved", role: "status" }), said: make("p", { class: "said", role: "status", "aria-live": "polite" }), toast: make("div", { class: "toast", hidden: true }),
    previous: button("◀", () => desk.act.previous(), { "aria-label": "Previous study" }, keyHint("[")), next: button("▶", () => desk.act.next(), { "aria-label": "Next study" }, keyHint("]")),
    complete: button("Complete", () => desk.act.complete(), { class: "primary" }, keyHint("C")),
    toggles: make("div", { class: "toggles", role: "group", "aria-label": "Panes" }), tabs: make("div", { class: "phone-tabs", role: "tablist", "aria-label": "Panes" }),
    undo: button("", () => desk.act.undo(), { class: "undo", hidden: true, "aria-keyshortcuts": "Control+Z" }), hints: make("span", { class: "hints" }), body: make("div", { class: "panes" }), empty: make("p", { class: "told", text: "Loading …" }),
  };
  desk.panes = { text: textPane(desk), scheme: schemePane(desk), findings: findingsPane(desk) };
  const edges = PANES.slice(0, 2).map((pane) => edgeBehind(desk, pane));
  part.body.append(desk.panes.text.element, edges[0], desk.panes.scheme.element, edges[1], desk.panes.findings.element);
  part.toggles.append(...PANES.map((pane) => button(TITLES[pane], () => desk.togglePane(pane), { class: "toggle", data: { toggle: pane } })));
  part.tabs.append(...PANES.map((pane) => button(TITLES[pane], () => desk.showPane(pane), { role: "tab", "aria-controls": `pane-${pane}`, data: { tab: pane } })));
  root.replaceChildren(
    make("div", { class: "top" }, make("div", { class: "about-study" }, part.label, " ", part.about), part.state, part.place, part.toggles, part.previous, part.next, part.complete),
    part.refused, part.trouble, part.tabs, part.body,
    make("div", { class: "foot" }, part.saved, part.undo, part.hints), part.said, part.toast);
  part.body.hidden = true;
  root.append(part.empty);
  desk.part = part;
  desk.dialog = keysDialog(desk);
  root.append(desk.dialog.element);
  const offers = offersOf(desk, part, edges);
  Object.assign(desk, offers);
  desk.placeAll();
  root.addEventListener("focusin", (event) => followFocus(desk, event));
  root.addEventListener("click", (event) => backFromButton(desk, event));
  wireDrops(desk);
  wireTabs(root);
}

// What the screen offers to the rest of the desk.
function offersOf(desk, part, edges) {
  const { root } = desk;
  let flushing = 0;
  let quiet = 0;
  const isPhone = () => root.clientWidth > 0 && root.clientWidth < NARROW;
  const offers = {
    flush: () => { clearTimeout(flushing); flushing = setTimeout(() => { flush(desk.box); desk.drawFrame(); }, 0); desk.drawFrame(); },
    say: (text, seen = false) => {
      setText(part.said, text);
      part.said.classList.toggle("seen", seen);
      clearTimeout(quiet);
      if (seen) quiet = setTimeout(() => part.said.classList.remove("seen"), 5000);
    },
    offerUndo: (text, undo) => offers.offer(text, "Undo", undo),
    offer: (text, word, act) => {
      part.toast.hidden = false;
      const away = () => { part.toast.hidden = true; };
      part.toast.replaceChildren(make("span", { text: `${text} ` }), button(word, () => { act(); away(); }, {}), button("×", away, { class: "mini", "aria-label": "Close" }));
      clearTimeout(desk.undo);
      desk.undo = setTimeout(away, 15000);
    },
    closeOffer: () => { const was = !part.toast.hidden; part.toast.hidden = true; return was; },
    shownPanes: () => (isPhone() ? PANES : PANES.filter((pane) => !desk.layout.hidden.includes(pane))),
    paneOfFocus: () => activeElement(root)?.closest?.("[data-pane]")?.dataset.pane ?? (desk.current.finding ? "findings" : "scheme"),
    showPane: (pane) => {
      desk.tab = pane;
      if (desk.layout.hidden.includes(pane)) desk.layout = toggled(desk.layout, pane);
      desk.placeAll();
    },
    togglePane: (pane) => { desk.layout = toggled(desk.layout, pane); keepLayout(desk.layout); desk.placeAll(); },
    widenText: () => {
      if (isPhone()) return offers.showPane("text");
      desk.layout = forReading(desk.layout);
      keepLayout(desk.layout);
      offers.placeAll();
      if (!root.contains(activeElement(root)) || activeElement(root).closest("[hidden]")) desk.act.here();
      return offers.say(desk.layout.before ? "The text is wide; the same key leads back." : "All as before.");
    },
    keepInSight: (target) => target.scrollIntoView({ block: "nearest" }),
    showKeys: () => desk.dialog.open(),
    drawFrame: () => drawFrame(desk, part),
    drawStudy: () => drawStudy(desk, part),
    placeAll: () => {
      const phone = isPhone();
      root.classList.toggle("phone", phone);
      const hidden = phone ? PANES.filter((pane) => pane !== desk.tab) : desk.layout.hidden;
      const width = widths(phone ? { ...desk.layout, hidden } : desk.layout, part.body.clientWidth - 12 * (2 - (phone ? 2 : desk.layout.hidden.length)));
      for (const pane of PANES) {
        const { element } = desk.panes[pane];
        element.hidden = hidden.includes(pane);
        element.style.flexBasis = phone ? "100%" : `${Math.round(width[pane] ?? 0)}px`;
      }
      const shown = PANES.filter((pane) => !hidden.includes(pane));
      edges.forEach((edge, at) => {
        edge.hidden = phone || !shown.includes(PANES[at]) || shown.at(-1) === PANES[at];
        edge.setAttribute("aria-valuenow", String(Math.round(100 * (width[PANES[at]] ?? 0) / (part.body.clientWidth || 1))));
      });
      if (!edges[0].hidden || !shown.includes("text") || shown.at(-1) === "text") for (const toggle of part.toggles.children) toggle.setAttribute("aria-pressed", String(!desk.layout.hidden.includes(toggle.dataset.toggle)));
      for (const tab of part.tabs.children) { tab.setAttribute("aria-selected", String(tab.dataset.tab === desk.tab)); tab.tabIndex = tab.dataset.tab === desk.tab ? 0 : -1; }
    },
  };
  return offers;
}

function drawStudy(desk, part) {
  if (desk.drawnScheme !== desk.scheme) {
    desk.panes.scheme.drawScheme();
    desk.drawnScheme = desk.scheme;
    desk.panes.scheme.questions.scrollTop = 0;
  }
  part.body.hidden = false;
  part.empty.hidden = true;
  desk.notes = new Set();
  desk.chosen = null;
  const place = `${desk.sheet.study.id} ${desk.sheet.scheme_id}`;
  const isOther = desk.drawnPlace !== place; // and not only a new version of the scheme
  desk.drawnPlace = place;
  if (isOther || !desk.scheme.questions.has(desk.current.question) || desk.current.finding) desk.current = {};
  desk.panes.scheme.forget();
  desk.panes.findings.forget();
  desk.panes.text.draw();
  desk.placeAll();
  refreshAll(desk);
  desk.say(`${desk.sheet.study.label}. ${desk.data.study_id === desk.sheet.study.id ? desk.data.place ?? "" : ""}`);
  if (!desk.current.question) {
    desk.current = { question: desk.progress.open[0] ?? [...desk.asked][0], code: "", arm: "" };
    settleArm(desk);
    desk.panes.scheme.markCurrent();
    desk.panes.text.update();
  }
  fit(desk);
  const view = desk.panes.scheme.views.get(desk.current.question);
  if (view) desk.keepInSight(view.element);
  if (isOther) arrive(desk);
}

// Who comes to a study can use its keys at once; a field outside of the desk in which somebody writes
// keeps the focus, and so does a list of tabs through which somebody goes.
function arrive(desk) {
  const inside = activeElement(desk.root);
  const now = document.activeElement;
  const isFree = !now || now === document.body || now.matches("a, a *");
  if (inside && desk.root.contains(inside) ? !inside.closest("[role=tab]") : isFree) desk.act.here();
}

// After a press with the mouse keys are those of the desk again, not of the button.
function backFromButton(desk, event) {
  const pressed = event.target.closest?.(".top button, .foot button");
  if (event.detail && desk.sheet && pressed && pressed === activeElement(desk.root)) desk.act.here();
}

function drawFrame(desk, part) {
  const { sheet, box, data } = desk;
  const told = trouble(box, desk.failed);
  part.trouble.hidden = !told;
  setText(part.trouble, told);
  const waits = box.pending.length + desk.typing.size;
  setText(part.saved, waits ? `Saving ${waits} …` : "✓ All saved");
  showRefused(desk, part.refused, (item) => whatOf(desk, item));
  if (!sheet) return;
  const last = pastOf(desk).done.at(-1);
  part.undo.hidden = !last;
  setText(part.undo, last ? `Undo: ${last.word}` : "");
  const reports = sheet.study.reports.length;
  setText(part.label, sheet.study.label);
  setText(part.about, [reports > 1 ? `${reports} reports` : "", ...sheet.others.map((other) => `also ${other.person} (${other.state})`)].filter(Boolean).join(" · "));
  setText(part.place, data.study_id === sheet.study.id ? data.place ?? "" : "");
  const isSent = !box.pending.some((item) => item.kind === "state" && isOf(sheet, item));
  setText(part.state, sheet.state !== "complete" ? "" : isSent ? "Complete" : "Completing …");
  part.complete.firstChild.textContent = sheet.state === "complete" ? "Reopen " : "Complete ";
  part.complete.classList.toggle("primary", sheet.state !== "complete");
  desk.root.classList.toggle("closed", sheet.state === "complete");
  desk.dialog.showHints(part.hints);
}

function whatOf(desk, item) {
  const asked = desk.scheme?.questions.get(item.question);
  const name = asked ? asked.short || asked.text : { finding: "A finding", quotation: "A quotation", arm: "An arm", time_point: "A time point", state: "The coding" }[item.kind] ?? "An answer";
  return `${name}: ${typeof item.after === "string" && item.after && item.kind !== "state" ? `“${item.after.slice(0, 80)}”. ` : ""}`;
}

// ── panes ────────────────────────────────────────────────────────────────────────────────────────

function edgeBehind(desk, pane) {
  const edge = make("div", { class: "edge", role: "separator", tabindex: "0", "aria-orientation": "vertical", "aria-label": `Width of ${TITLES[pane]}`, "aria-valuemin": "0", "aria-valuemax": "100", "aria-valuenow": "33" });
  const move = (pixels) => { desk.layout = moveEdge(desk.layout, pane, pixels, desk.part.body.clientWidth - 12 * (2 - desk.layout.hidden.length)); desk.placeAll(); };
  edge.addEventListener("pointerdown", (event) => {
    event.preventDefault();
    edge.setPointerCapture(event.pointerId);
    let at = event.clientX;
    edge.onpointermove = (moved) => { move(moved.clientX - at); at = moved.clientX; };
    edge.onpointerup = () => { edge.onpointermove = null; edge.onpointerup = null; keepLayout(desk.layout); };
  });
  edge.addEventListener("keydown", (event) => {
    const by = { ArrowLeft: -STEP, ArrowRight: STEP }[event.key];
    if (!by) return;
    move(by);
    keepLayout(desk.layout);
    event.preventDefault();
    event.stopPropagation();
  });
  return edge;
}

function keptLayout() {
  try { return JSON.parse(localStorage.getItem(LAYOUT)); } catch { return null; }
}

function keepLayout(layout) {
  try { localStorage.setItem(LAYOUT, JSON.stringify(layout)); } catch { /* then it is as usual next time */ }
}

// ── focus, drops, tabs ───────────────────────────────────────────────────────────────────────────

// Where one is: what notes, ticks and quotations belong to until the focus goes to another place.
function followFocus(desk, event) {
  const target = event.target;
  desk.left = "";
  const finding = target.closest("[data-finding]")?.dataset.finding;
  const question = target.closest("[data-question]")?.dataset.question;
  if (!finding && !question) return;
  const before = JSON.stringify(desk.current);
  const block = target.closest("[data-arm]");
  const arm = block ? block.dataset.arm : desk.current.question === question ? desk.current.arm : desk.panes.scheme.views.get(question)?.blocks()[0]?.arm ?? "";
  desk.current = finding ? { finding } : { question, code: target.closest("[data-code]")?.dataset.code ?? "", arm };
  if (before === JSON.stringify(desk.current)) return;
  desk.panes.scheme.markCurrent();
  desk.panes.text.update();
}

function wireDrops(desk) {
  const { root } = desk;
  const placeOfDrop = (event) => event.composedPath().find((one) => one.dataset?.question || one.dataset?.finding);
  root.addEventListener("dragover", (event) => { if (desk.dragged && placeOfDrop(event)) event.preventDefault(); });
  root.addEventListener("drop", (event) => {
    const place = placeOfDrop(event);
    if (!desk.dragged || !place) return;
    event.preventDefault();
    const path = event.composedPath();
    const code = path.find((one) => one.dataset?.code)?.dataset.code ?? "";
    const arm = path.find((one) => one.dataset && "arm" in one.dataset)?.dataset.arm ?? "";
    desk.act.quotation(place.dataset.finding ? { finding: place.dataset.finding } : { question: place.dataset.question, code, arm }, desk.dragged);
    desk.dragged = null;
  });
}
