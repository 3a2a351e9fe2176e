// See access.py.
const FRAMES = "[class*='st-key-scroll-']";
let skipped = false; // stays when the page is drawn anew between the two keys
const leaving = new WeakMap();

// How much of a drawing is in sight at its left end, in words.
function cut({ left, column, columns }, width) {
  const shown = Math.max(0, Math.floor((width - left) / column));
  const part = columns && shown < columns ? `${shown} of ${columns} columns are in sight` : "Wider than the page";
  return `${part}: scroll sideways for the rest.`;
}

export default function ({ data, parentElement }) {
  leaving.get(parentElement)?.();

  // Frames that scroll can be reached by key, so that the arrows move what is in them.
  const reach = () => {
    for (const frame of document.querySelectorAll(FRAMES)) {
      for (const part of [frame, ...frame.children]) sizes.observe(part);
      const scrolls = frame.scrollWidth > frame.clientWidth;
      const told = frame.closest("[class*='st-key-framed-']")?.querySelector(".cut");
      const words = scrolls ? cut(told?.dataset ?? {}, frame.clientWidth) : "";
      if (told && told.textContent !== words) told.textContent = words;
      if (scrolls === (frame.tabIndex === 0)) continue;
      if (scrolls) {
        frame.tabIndex = 0;
        frame.setAttribute("role", "group");
        frame.setAttribute("aria-label", "Scrolls sideways");
      } else for (const name of ["tabindex", "role", "aria-label"]) frame.removeAttribute(name);
    }
  };
  let asked = 0;
  const soon = () => {
    cancelAnimationFrame(asked);
    asked = requestAnimationFrame(reach);
  };
  const sizes = new ResizeObserver(soon);
  const watch = new MutationObserver(soon);
  watch.observe(document.body, { childList: true, subtree: true });
  soon();

  // The first Tab after "Skip to main content" goes to what the page is for.
  const usable = (element) => !element.disabled && element.getClientRects().length > 0;
  const places = () => [document, ...[...document.querySelectorAll("[data-testid=stMain] *")]
    .map((element) => element.shadowRoot).filter(Boolean)];
  const act = () => {
    for (const selector of data.acts) for (const place of places()) {
      const found = [...place.querySelectorAll(selector)].find(usable);
      if (found) return found;
    }
    return null;
  };
  const onClick = (event) => {
    skipped = !!event.target.closest?.("[data-testid=stSkipToContent]");
  };
  const onKey = (event) => {
    if (event.key === "Enter" && document.activeElement?.matches("[data-testid=stSkipToContent]")) return;
    const first = skipped && event.key === "Tab" && !event.shiftKey;
    skipped = false;
    const goal = first ? act() : null;
    if (!goal) return;
    event.preventDefault();
    goal.focus();
  };
  document.addEventListener("click", onClick, true);
  document.addEventListener("keydown", onKey, true);
  parentElement.querySelector("span").dataset.mindsKeys = "yes";

  const leave = () => {
    watch.disconnect();
    sizes.disconnect();
    cancelAnimationFrame(asked);
    document.removeEventListener("click", onClick, true);
    document.removeEventListener("keydown", onKey, true);
  };
  leaving.set(parentElement, leave);
  return leave;
}
