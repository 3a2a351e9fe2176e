// What Streamlit is given of a component of ours, and sends again with every answer. It fetches the
// component itself once; the browser keeps that under an address that names its version.

const ADDRESS = "OWN-SCRIPT"; // scripts.py writes it here
const AGAIN_MS = 3000;
const asked = new Map(); // what is to be shown, by where, while the script is not there
const left = new Map(); // how what was begun meanwhile is ended
let script = null;
let fetching = false;
let tries = 0;

export default function (component) {
  if (script) return begin(component);
  const place = component.parentElement;
  asked.set(place, component);
  if (!fetching) fetchScript();
  return () => { asked.delete(place); left.get(place)?.(); };
}

function begin(component) {
  const place = component.parentElement;
  if (!place.querySelector("style[data-own]")) {
    const style = document.createElement("style");
    style.setAttribute("data-own", "");
    style.textContent = script.STYLE;
    place.prepend(style);
  }
  return script.default(component);
}

// A browser does not ask again for a module that it could not get, except under another address.
async function fetchScript() {
  fetching = true;
  const address = new URL(ADDRESS + (tries ? `?again=${tries}` : ""), document.baseURI);
  const got = await import(address.href).catch(() => null);
  fetching = false;
  if (!got) {
    tries++;
    for (const place of asked.keys()) tell(place, "This part of the page could not be fetched; it is tried again. If it does not come, please reload the page.");
    setTimeout(() => { if (asked.size && !fetching && !script) fetchScript(); }, AGAIN_MS);
    return;
  }
  script = got;
  for (const [place, component] of asked) {
    tell(place, "");
    left.set(place, begin(component));
  }
  asked.clear();
}

function tell(place, text) {
  place.querySelector("[data-own-told]")?.remove();
  if (!text) return;
  const told = document.createElement("p");
  told.setAttribute("data-own-told", "");
  told.setAttribute("role", "status");
  told.textContent = text;
  place.append(told);
}
