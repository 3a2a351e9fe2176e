// Part of the map's viewer (see __init__.py): reads the parts of an address. What is not written as such
// parts are is refused; what is not there is told in a sentence, as evidence/synthesis/address_parts.py does.

const LONGEST_TOLD = 80; // characters of a part, as it is told

export class UnreadablePart extends Error {}

export function readable(holds) {
  if (!holds) throw new UnreadablePart();
}

export function decodedPart(text) {
  try {
    return decodeURIComponent(text);
  } catch {
    throw new UnreadablePart();
  }
}

export function shortenedPart(text) {
  const signs = [...text];
  return signs.length > LONGEST_TOLD ? `${signs.slice(0, LONGEST_TOLD).join("")}…` : text;
}

/** The dimension that a part names, of those by id. */
export function addressedDimension(text, byId, told) {
  const id = decodedPart(text);
  if (!byId.has(id)) told.push(`The address names something to sort by that this map does not have: ${shortenedPart(id)}`);
  return byId.get(id);
}

/** Those of a list of ids that the dimension has, each once. */
export function addressedCodes(text, dimension, told) {
  const codes = [];
  for (const part of text.split(",")) {
    const code = decodedPart(part);
    readable(code);
    if (!dimension?.position.has(code)) told.push(`The address names a code that this map does not have: ${shortenedPart(code)}`);
    else if (!codes.includes(code)) codes.push(code);
  }
  return codes;
}
