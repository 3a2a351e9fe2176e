// See unsaved.py.
const last = new WeakMap();
export default function ({ data, parentElement }) {
  last.get(parentElement)?.();
  const ask = (event) => event.preventDefault();
  if (data.unsaved) window.addEventListener("beforeunload", ask);
  parentElement.querySelector("span").dataset.unsaved = data.unsaved;
  const leave = () => window.removeEventListener("beforeunload", ask);
  last.set(parentElement, leave);
  return leave;
}
