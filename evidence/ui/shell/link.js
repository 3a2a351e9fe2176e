// What happens while the server does not answer. What people do waits in the browser (outbox.js);
// here the person is told, may go on, and the page is
// loaded anew where the server answers again and no longer knows it.

import { remember } from "./outbox.js";

const LATE_MS = 10000; // without an answer for so long, the person is told
const LOST_MS = 30000; // the server has answered for so long and kept nothing: it does not know the page
const ANEW_MS = 120000; // between two loadings, or a server in trouble would be asked without end
const UNSTORED = "This browser has no room, or no leave, to store anything for this page. What you type is kept in this tab only until it is sent; do not close it before.";
const COVERS = "Connection error"; // the title of Streamlit's own dialog

export function late(s) {
  return s.pending.length > 0 && performance.now() - s.answered > LATE_MS;
}

export function answered(s) {
  s.answered = performance.now();
  s.heard = null;
  s.cut = false;
}

/** @param failed what else could not be done, told where the server is in no trouble */
export function trouble(s, failed = "") {
  const said = troubleOfServer(s, s.unstored ? "kept in this tab only" : "kept in this browser") || failed;
  return s.unstored ? [said, UNSTORED].filter(Boolean).join(" ") : said;
}

function troubleOfServer(s, kept) {
  const waits = s.pending.length;
  if (s.data.trouble && waits) return `${s.data.trouble} ${waits} ${kept} and sent again.`;
  if (!s.cut && !late(s)) return "";
  if (s.heard !== null) return s.unstored ? `The server answers again. ${waits} ${kept} are being sent.` : `The server answers again. ${waits} ${kept} are being sent; the page may be loaded anew for it when nothing is being written.`;
  return `No answer from the server. ${waits} ${kept}; they are sent as soon as it answers. You can go on meanwhile.`;
}

// Streamlit covers the page with a dialog that says the same and takes the keys away. What is said
// here is enough, so the dialog is closed as often as it comes.
export function uncover(s) {
  for (const dialog of document.querySelectorAll("[role=dialog]")) {
    if (dialog.querySelector("h2")?.textContent !== COVERS) continue;
    s.cut = true;
    dialog.querySelector("button[aria-label=Close]")?.click();
  }
}

// After a long cut or a restart the server has a new session, which does not know this part of the
// page: what is sent is not heard, although the connection stands. Only loading the page helps.
export async function listen(s, writing) {
  if (s.asking || !(s.cut || late(s))) return;
  s.asking = true;
  const answers = await fetch(location.href, { cache: "no-store" }).then((got) => got.ok, () => false);
  s.asking = false;
  if (!answers) {
    s.cut = true;
    s.heard = null;
  } else if (!s.pending.length) answered(s);
  else {
    s.heard ??= performance.now();
    if (performance.now() - s.heard > LOST_MS && !writing() && !s.unstored) loadAnew(s); // which would lose what is in this tab only
  }
}

function loadAnew(s) {
  try {
    const last = Number(sessionStorage.getItem("waymark-anew"));
    if (Date.now() - last < ANEW_MS) return;
    sessionStorage.setItem("waymark-anew", String(Date.now()));
  } catch { return; } // nothing would keep it from loading again and again
  remember(s);
  s.leave();
  location.reload();
}
