// Reads searches in Node: {maps: [{document, searches}]} gives what the viewer makes of each text.

import { readFileSync } from "node:fs";
import { readMap } from "../../evidence/viewer/map_columns.js";
import { faultWords, searchTokens } from "../../evidence/viewer/map_search_parser.js";
import { codeNames, writtenSearch } from "../../evidence/viewer/map_search_terms.js";
import { mapSearches } from "../../evidence/viewer/map_searches.js";

const { maps } = JSON.parse(readFileSync(0, "utf8"));
const read = maps.map(({ document, searches }) => {
  const map = readMap(document);
  return mapSearches(map, searches).map(({ text, asks, studies, count }) => ({
    fault: asks.kind === "fault" ? faultWords(asks) : null,
    written: asks.kind === "fault" ? null : writtenSearch(asks, codeNames(map)),
    studies: [...studies.keys()].filter((study) => studies[study]),
    count,
    tokens: searchTokens(text).map((token) => [token.kind, token.text, token.at, token.end, token.isClosed]),
  }));
});
process.stdout.write(JSON.stringify(read));
