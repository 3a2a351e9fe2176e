// Runs steps on deck/state.js, given as JSON, as the deck does; gives after each step what is shown.
const { readFileSync } = require("node:fs");
global.localStorage = { setItem() {}, removeItem() {}, getItem: () => null };
const names = "fresh, fill, decide, skip, undo, turnTo";
const deck = new Function("answered", readFileSync(process.argv[2], "utf8") + `; return { ${names} };`)(() => {});
const { data, steps } = JSON.parse(readFileSync(0, "utf8"));
const s = deck.fresh("scope", "storage");
s.data = data;
s.send = () => {};
deck.fill(s);
let note = "";
function render() {  // as show.js does
  const card = s.queue[0];
  if (s.shown === card?.id) return;
  const back = deck.turnTo(s, card, note);
  s.shown = card?.id;
  s.ticked = new Set(back.reasons);
  note = back.note;
}
render();
const shown = steps.map(([act, value]) => {
  if (act === "write") note = value;
  else if (act === "tick") s.ticked.add(value);
  else if (act === "undo") deck.undo(s);
  else if (act === "skip") deck.skip(s);
  else deck.decide(s, act, [...s.ticked], note);
  render();
  return [s.shown, note, [...s.ticked]];
});
process.stdout.write(JSON.stringify({ shown, sent: s.pending.map(({ id, verdict, note, reasons }) => [id, verdict, note, reasons]) }));
