// See keys.py.
const last = new WeakMap();

/** Whether it is a choice that is made already, as by the click before: Enter does nothing more there. */
function isMade(target) {
  return Boolean(target?.matches?.("[role=radio][aria-checked=true]"));
}

export default function ({ data, parentElement, setTriggerValue }) {
  last.get(parentElement)?.();
  let done = false;
  const onKey = (event) => {
    if (done || event.repeat || event.isComposing) return;
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const target = event.composedPath()[0];
    const typed = ["INPUT", "TEXTAREA", "SELECT"].includes(target?.tagName) && target.type !== "radio";
    if (typed || target?.isContentEditable) return;
    if (document.querySelector("[role=dialog], [role=listbox]")) return;
    const key = event.key.toLowerCase();
    if (!data.keys.includes(key)) return;
    // Enter presses what has the focus; a link by which one came here leads nowhere else.
    const bare = (address) => address.split(/[?#]/)[0];
    const link = target?.closest?.("a[href]");
    const came = link && !link.hash && bare(link.href) === bare(location.href);  // no way within the page
    if (key === "enter" && target !== document.body && !came && !isMade(target)) return;
    event.preventDefault();
    done = true;  // one key for what is shown; the next drawing listens again
    setTriggerValue("pressed", { key, about: data.about });
  };
  // Such a choice keeps its keys to itself, so they are heard on their way down.
  const onKeyOfChoice = (event) => {
    if (isMade(event.composedPath()[0])) onKey(event);
  };
  document.addEventListener("keydown", onKeyOfChoice, true);
  document.addEventListener("keydown", onKey);
  parentElement.querySelector("span").dataset.listensFor = data.about;
  const leave = () => {
    document.removeEventListener("keydown", onKeyOfChoice, true);
    document.removeEventListener("keydown", onKey);
  };
  last.set(parentElement, leave);
  return leave;
}
