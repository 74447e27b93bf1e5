import { killAt } from './kill-at.ts';
import { killBroken, variants } from './kill-variants.ts';

/** Kills at the first point, the second, the third, until a walk ends before its point comes. */
const atOnce = 2;
let failed = 0;
let ended = false;
let next = 1;
const began = performance.now();

await Promise.all(Array.from({ length: atOnce }, () => countUp()));
for (const variant of variants) {
  const { killedAt, wrong } = await killBroken(variant);
  say(wrong.length > 0 ? 'found out' : 'NOT FOUND OUT', `${variant.name} (${killedAt}): ${wrong.join('; ')}`);
  if (wrong.length === 0) failed += 1;
}
console.log(
  `\n${failed === 0 ? 'Clean' : `${failed} failed`} in ${Math.round((performance.now() - began) / 1000)} s`,
);
process.exit(failed === 0 ? 0 : 1);

async function countUp(): Promise<void> {
  while (!ended) {
    const k = next++;
    const { killedAt, wrong } = await killAt(`*:${k}`, { withinMs: 60_000 });
    if (killedAt === null) ended = true;
    say(`k = ${k}`, `${killedAt ?? 'ended by itself'}${wrong.length > 0 ? `: ${wrong.join('; ')}` : ''}`);
    if (wrong.length > 0) failed += 1;
  }
}

function say(head: string, words: string): void {
  console.log(`${head.padEnd(14)} ${words}`);
}
