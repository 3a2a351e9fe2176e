// See keys.py.
const last = new WeakMap();
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
    if (key === "enter" && target !== document.body && !came) return;
    event.preventDefault();
    done = true;  // one key for what is shown; the next drawing listens again
    setTriggerValue("pressed", { key, about: data.about });
  };
  document.addEventListener("keydown", onKey);
  parentElement.querySelector("span").dataset.listensFor = data.about;
  const leave = () => document.removeEventListener("keydown", onKey);
  last.set(parentElement, leave);
  return leave;
}
