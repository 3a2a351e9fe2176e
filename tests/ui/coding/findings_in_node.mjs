// Gives the fields and words of a finding's numbers, as the desk offers them.
import { CHOICES, CLUSTERS, NUMBERS, PRINTED, RARE, RARE_PRINTED } from "../../../evidence/ui/coding/desk/findings.js";

const names = (rows) => rows.flat().map(([name]) => name);
const numbers = [...Object.values(NUMBERS).flatMap(names), ...Object.values(RARE).flatMap(names), ...names([CLUSTERS])].map((name) => `numbers.${name}`);
const words = Object.fromEntries(Object.entries(CHOICES).map(([field, choices]) => [field, Object.keys(choices)]));
process.stdout.write(JSON.stringify({ fields: [...numbers, ...names([PRINTED, RARE_PRINTED]).map((name) => `printed.${name}`)], kinds: Object.keys(NUMBERS), words }));
