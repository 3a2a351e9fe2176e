// Part of the coding desk (see __init__.py): how it stands in the page: its height, the keys and the
// server that it listens to, and what was not kept.

import { refusedIn } from "./edits.js";
import { button, make } from "./dom.js";
import { listen, uncover } from "../../shell/link.js";
import { flush } from "../../shell/outbox.js";

const RESEND_MS = 3000;
const LEAST_HEIGHT = 380;

/** Listens to keys, to the window and to the server, until desk.leave is called.
 *  @param onPress what a key does */
export function listenToPage(desk, onPress) {
  desk.leave?.();
  const onKey = (event) => onPress(event);
  const onLeave = (event) => { desk.commitAll(); if (desk.box.pending.length || desk.typing.size) event.preventDefault(); };
  const onHide = () => { if (document.visibilityState === "hidden") desk.commitAll(); else if (desk.sheet && !desk.box.pending.length && !desk.wanted) desk.act.reload(); };
  const onSize = () => fit(desk);
  const timer = setInterval(() => { flush(desk.box); listen(desk.box, () => desk.typing.size > 0); desk.drawFrame(); fit(desk); }, RESEND_MS);
  const cover = new MutationObserver(() => { uncover(desk.box); desk.drawFrame(); });
  cover.observe(document.body, { childList: true });
  const size = new ResizeObserver(onSize);
  size.observe(desk.root.parentElement ?? desk.root);
  window.addEventListener("keydown", onKey, true);
  window.addEventListener("beforeunload", onLeave);
  window.addEventListener("pagehide", desk.commitAll);
  window.addEventListener("resize", onSize);
  document.addEventListener("visibilitychange", onHide);
  desk.leave = () => {
    clearInterval(timer);
    cover.disconnect();
    size.disconnect();
    window.removeEventListener("keydown", onKey, true);
    window.removeEventListener("beforeunload", onLeave);
    window.removeEventListener("pagehide", desk.commitAll);
    window.removeEventListener("resize", onSize);
    document.removeEventListener("visibilitychange", onHide);
  };
}

/** The desk is as high as the window leaves room for, so that the page need not scroll. */
export function fit(desk) {
  const { root } = desk;
  const scroller = root.getRootNode().host?.closest?.("[data-testid=stMain]");
  const top = root.getBoundingClientRect().top + (scroller?.scrollTop ?? 0);
  const height = Math.max(LEAST_HEIGHT, window.innerHeight - top - 6);
  if (Math.abs(root.offsetHeight - height) > 1) root.style.height = `${height}px`;
  desk.placeAll();
}

/** What was not kept stands with its study; of other studies only that there is something.
 *  @param whatOf says what an item was about */
export function showRefused(desk, section, whatOf) {
  const { here, others } = refusedIn(desk.sheet, desk.box.refused);
  const sign = JSON.stringify([here, others]);
  if (section.dataset.sign === sign) return;
  section.dataset.sign = sign;
  section.hidden = !here.length && !others.length;
  const again = (items) => button("Try again", () => items.forEach((item) => desk.act.dismiss(item.client_id, true)), {});
  const away = (items) => button("Dismiss", () => items.forEach((item) => desk.act.dismiss(item.client_id, false)), {});
  section.replaceChildren(
    ...(here.length ? [make("h2", { text: `Not kept in ${desk.sheet.study.label}` })] : []),
    make("ul", {},
      ...here.map((item) => make("li", {}, make("span", { text: `${whatOf(item)} ${item.why} ` }), again([item]), away([item]))),
      ...others.map(({ place, items }) => make("li", {}, make("span", { text: `${items.length === 1 ? "One change was" : `${items.length} changes were`} not kept in ${place}. ` }),
        button("Go there", () => desk.act.study(items[0].study_id, items[0].scheme_id), {}), away(items)))));
}

/** In every list of tabs the arrows go on, as people who use a screen reader expect. */
export function wireTabs(root) {
  root.addEventListener("keydown", (event) => {
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    const tab = event.target.closest?.("[role=tab]");
    if (!step || !tab) return;
    const tabs = [...tab.parentElement.children];
    const other = tabs[(tabs.indexOf(tab) + step + tabs.length) % tabs.length];
    other.focus();
    other.click();
    event.preventDefault();
    event.stopPropagation();
  });
}
