// Part of the map's viewer (see __init__.py): making elements. Texts from outside reach the page
// only as text; there is no way here to write HTML.

const SVG = "http://www.w3.org/2000/svg";

/** An element; `text` is its text, `on` its listeners, `data` its data attributes; false, null and
 *  undefined are left out.
 *  @param {string} name
 *  @param {Record<string, any>} attributes
 *  @param {(Node|string|null|false|undefined)[]} children */
export function element(name, attributes = {}, ...children) {
  return filled(document.createElement(name), attributes, children);
}

/** The same for SVG. */
export function shape(name, attributes = {}, ...children) {
  return filled(document.createElementNS(SVG, name), attributes, children);
}

export function press(text, act, attributes = {}, ...children) {
  return element("button", { type: "button", text, on: { click: act }, ...attributes }, ...children);
}

function filled(made, attributes, children) {
  for (const [key, value] of Object.entries(attributes)) {
    if (value === null || value === undefined || value === false) continue;
    if (key === "text") made.textContent = value;
    else if (key === "on") for (const [event, act] of Object.entries(value)) made.addEventListener(event, act);
    else if (key === "data") for (const [name, content] of Object.entries(value)) made.dataset[name] = content;
    else made.setAttribute(key, value === true ? "" : value);
  }
  made.append(...children.filter((child) => child !== null && child !== false && child !== undefined));
  return made;
}

/** Writes a text where it differs; a text that is there is changed, which is drawn sooner than a new one. */
export function writeText(target, text) {
  const [first] = target.childNodes;
  if (first?.nodeType !== Node.TEXT_NODE || first.nextSibling) target.textContent = text;
  else if (first.data !== text) first.data = text;
}

/** Sets an attribute where it differs; null and false take it away. */
export function writeAttribute(target, name, value) {
  if (value === null || value === false || value === undefined) target.removeAttribute(name);
  else if (target.getAttribute(name) !== String(value)) target.setAttribute(name, value === true ? "" : value);
}

let labelled = 0;
/** An id that no other element of ours has. */
export function idFor(kind) {
  return `map-${kind}-${++labelled}`;
}

/** A list to choose from with its label before it.
 *  @param {[string, string][]} choices value and text */
export function labelledSelect(label, choices, value, onChoice) {
  const select = element("select", { on: { change: () => onChoice(select.value) } },
    ...choices.map(([choice, text]) => element("option", { value: choice, text, selected: choice === value })));
  return element("label", { class: "map-field" }, element("span", { text: label }), select);
}
