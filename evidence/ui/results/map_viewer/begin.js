// The map of the app (see __init__.py): fetches the document when its version is another one, and
// begins the viewer with it. Which cells are not applicable waits in the outbox until the server has
// it. All else that is chosen stands in the address of the page and is kept nowhere.

import { trouble } from "../../shell/link.js";
import { dismiss, flush, newOutbox, put, settle } from "../../shell/outbox.js";
import { got } from "../../shell/own_route.js";
import { asksForWords } from "../../../viewer/map_address.js";
import { beginMap } from "../../../viewer/map_viewer.js";

const AGAIN_MS = 3000;
const NOT_FETCHED = "The map could not be fetched; it is tried again. If it does not come, please reload the page.";
const shownMaps = new WeakMap();

export default function (component) {
  const { data, parentElement, setTriggerValue } = component;
  let shown = shownMaps.get(parentElement);
  if (!shown || shown.data.storage !== data.storage) {
    if (shown) forget(shown);
    shown = newShownMap(parentElement, data);
    shownMaps.set(parentElement, shown);
  }
  shown.data = data;
  shown.box.data = data;
  shown.box.send = (items) => setTriggerValue("items", { items, storage: data.storage });
  hear(shown);
  keepAddress(shown);
  shown.viewer?.setTheme(themeOf(shown.place));
  show(shown);
  shown.timer ??= setInterval(() => show(shown), AGAIN_MS);
  // What is drawn anew in the same place is not left.
  return () => setTimeout(() => { if (!shown.place.isConnected) leave(shown); });
}

function newShownMap(parentElement, data) {
  const find = (id) => parentElement.querySelector(`#${id}`);
  return {
    data, box: newOutbox(data.storage), place: find("map"), told: find("map-trouble"), viewer: null, timer: null,
    version: "", // of the document that is shown
    address: "", // of the view that is shown
    asked: "", // of the one that is being fetched
    refused: "", // why the last mark was not kept
    failed: "", // why there is no document
  };
}

function leave(shown) {
  clearInterval(shown.timer);
  shown.timer = null;
  shown.viewer?.leave();
  shown.viewer = null;
  shown.version = "";
  shown.address = "";
}

// A choice that stands in the other part of the address, as that of drafts, takes the view out of it.
function keepAddress(shown) {
  const now = window.location.hash.slice(1);
  if (now) shown.address = now;
  else if (shown.address) window.history.replaceState(window.history.state, "", `#${shown.address}`);
}

// The map of another review, or of another person, begins with a view of its own.
function forget(shown) {
  leave(shown);
  window.history.replaceState(window.history.state, "", window.location.pathname + window.location.search);
}

// What became of marks. One that was refused is told until the next one is made.
function hear(shown) {
  for (const { client_id: id, why } of settle(shown.box, shown.data).refused) {
    shown.refused = why;
    dismiss(shown.box, id, false);
  }
}

function show(shown) {
  flush(shown.box);
  if (shown.data.version !== shown.version && shown.data.version !== shown.asked) fetchMap(shown);
  tell(shown);
}

function tell(shown) {
  const said = trouble(shown.box, shown.refused || shown.failed);
  shown.told.hidden = !said;
  if (shown.told.textContent !== said) shown.told.textContent = said;
}

async function fetchMap(shown) {
  const { version, address } = shown.data;
  shown.asked = version;
  // Abstracts are most of the text: the map does not wait for them, unless it shows what words find.
  const abstracts = got(shown.data.abstracts, "no-cache").catch(() => null);
  const [mapDocument, error] = await got(address, "no-cache").then((json) => [json, null], (failed) => [null, failed]);
  if (mapDocument && asksForWords(window.location.hash || mapDocument.view)) await abstracts;
  if (shown.asked !== version || !shown.place.isConnected) return; // meanwhile another one was asked for
  shown.asked = "";
  shown.failed = error ? error.words || NOT_FETCHED : "";
  if (mapDocument || error.words) shown.version = version; // asking again would give the same answer
  tell(shown);
  if (!mapDocument) return;
  const hadFocus = shown.place.contains(shown.place.getRootNode().activeElement);
  shown.viewer?.leave();
  // The page itself says whose map it is, and what it rests on.
  shown.viewer = beginMap(shown.place, { ...mapDocument, caption: "" }, {
    embed: true,
    theme: themeOf(shown.place),
    abstracts,
    onAddress: (written) => { shown.address = written; },
    serviceAddress: (id) => `services?review=${encodeURIComponent(shown.data.review)}&service=${encodeURIComponent(id)}`,
    onNotApplicable: shown.data.may_mark ? (cell, isMarked) => mark(shown, cell, isMarked) : undefined,
  });
  if (hadFocus) shown.place.querySelector(".map-panel:not([hidden]) h3")?.focus();
}

function mark(shown, cell, isMarked) {
  shown.refused = "";
  put(shown.box, { kind: "mark", ...cell, not_applicable: isMarked });
  show(shown);
}

/** "dark" or "light", as Streamlit has drawn the page. */
function themeOf(place) {
  const probe = document.createElement("span");
  probe.style.color = "var(--st-background-color)";
  place.parentElement.append(probe);
  const [red, green, blue] = (getComputedStyle(probe).color.match(/[\d.]+/g) ?? [255, 255, 255]).map(Number);
  probe.remove();
  return 0.299 * red + 0.587 * green + 0.114 * blue < 128 ? "dark" : "light"; // luma as in ITU-R BT.601
}
