// Part of the map's viewer (see __init__.py): texts within an address, as Python's `quote` writes them.

export function encodedPart(text) {
  const escape = (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`;
  return encodeURIComponent(text.toWellFormed()).replace(/[!'()*~]/g, escape);
}
