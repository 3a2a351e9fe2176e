// Reads {script, acts: [[name, argument]…]} as JSON, does the acts, and gives after each what a
// person sees: the ids before them, the place in the pilot, and how many are left.
const { readFileSync } = require("node:fs");
const names = "fresh, fill, acknowledge, decide, skip, undo, placeInPilot, leftNow";
const { script, acts: wanted } = JSON.parse(readFileSync(0, "utf8"));
const deck = new Function(script + `; return { ${names} };`)();
const s = deck.fresh("scope", "storage-");
const acts = {
  draw: (data) => {
    s.data = { kept: s.pending.map((item) => item.client_id), refused: {}, recent: [], skips: true, verdicts: ["include"], stage: "title_abstract", ...data };
    deck.acknowledge(s);
    deck.fill(s, Boolean(data.busy));
  },
  decide: () => deck.decide(s, "include", [], ""),
  skip: () => deck.skip(s),
  undo: () => deck.undo(s),
};
const seen = wanted.map(([name, argument]) => {
  acts[name](argument);
  const card = s.queue[0];
  return { before: s.queue.map((one) => one.id), place: card ? deck.placeInPilot(s, card) : "", left: deck.leftNow(s) };
});
process.stdout.write(JSON.stringify(seen));
