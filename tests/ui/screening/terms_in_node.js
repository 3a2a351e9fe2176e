// Reads cases [[text, terms]…] as JSON, gives what deck/terms.js marks: [[[kind, word]…], ms] each.
const { readFileSync } = require("node:fs");
const spansOf = new Function(readFileSync(process.argv[2], "utf8") + "; return spansOf;")();
const answers = JSON.parse(readFileSync(0, "utf8")).map(([text, terms]) => {
  const begin = performance.now();
  const spans = spansOf(text, terms);
  return [spans.map(({ kind, at, end }) => [kind, text.slice(at, end)]), performance.now() - begin];
});
process.stdout.write(JSON.stringify(answers));
