// Part of the coding desk (see __init__.py): making elements. Texts from outside reach the page only
// as text; there is no way here to write HTML.

/** An element with its attributes; `text` is its text, `on` its listeners, false and null leave out.
 *  @param {string} name
 *  @param {Record<string, any>} attributes
 *  @param {(Node|string|null|false)[]} children */
export function make(name, attributes = {}, ...children) {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) {
    if (value === null || value === undefined || value === false) continue;
    if (key === "text") made.textContent = value;
    else if (key === "on") for (const [event, act] of Object.entries(value)) made.addEventListener(event, act);
    else if (key === "data") Object.assign(made.dataset, value);
    else made.setAttribute(key, value === true ? "" : value);
  }
  made.append(...children.filter((child) => child !== null && child !== false && child !== undefined));
  return made;
}

export function button(text, act, attributes = {}, ...children) {
  return make("button", { type: "button", text, on: { click: act }, ...attributes }, ...children);
}

/** A key, beside what it does; read once, from aria-keyshortcuts. */
export function keyHint(key) {
  return make("kbd", { text: key, "aria-hidden": "true" });
}

/** Lets a parent hold these children in this order; what stays is not touched, so that focus and
 *  what is being written stay as well. */
export function arrange(parent, children) {
  const wanted = new Set(children);
  for (const child of [...parent.childNodes]) if (!wanted.has(child)) child.remove();
  let at = parent.firstChild;
  for (const child of children) {
    if (child === at) at = at.nextSibling;
    else parent.insertBefore(child, at);
  }
}

/** Children by their keys: made where new, kept where known.
 *  @param {Map<string, any>} known views by key, which this changes
 *  @param {{key: string}[]} wanted
 *  @returns the views in order */
export function keyed(known, wanted, makeView) {
  const keep = new Set(wanted.map((one) => one.key));
  for (const key of [...known.keys()]) if (!keep.has(key)) known.delete(key);
  return wanted.map((one) => {
    if (!known.has(one.key)) known.set(one.key, makeView(one));
    return known.get(one.key);
  });
}

/** Scrolls a pane, and only the pane, until a place in it is at its top or in its middle.
 *  @param {"start"|"center"} block */
export function scrollPane(pane, target, block) {
  const [frame, box] = [pane.getBoundingClientRect(), target.getBoundingClientRect()];
  pane.scrollTop += block === "start" ? box.top - frame.top : (box.top + box.bottom - frame.top - frame.bottom) / 2;
}

export function setText(target, text) {
  if (target.textContent !== text) target.textContent = text;
}

export function setAttribute(target, name, value) {
  if (value === null || value === false || value === undefined) target.removeAttribute(name);
  else if (target.getAttribute(name) !== String(value)) target.setAttribute(name, value);
}

let made = 0;
/** An id that no other element has, for labels. */
export function freshId(kind) {
  return `${kind}-${++made}`;
}

export function activeElement(root) {
  return root.getRootNode().activeElement;
}
