// Folds texts in Node: {texts} gives the whole words of each.

import { readFileSync } from "node:fs";
import { wholeWords } from "../../evidence/viewer/folded_texts.js";

const { texts } = JSON.parse(readFileSync(0, "utf8"));
process.stdout.write(JSON.stringify(texts.map((text) => wholeWords(text).split(" ").filter(Boolean))));
