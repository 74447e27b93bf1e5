import { fileURLToPath } from 'node:url';

export const root = fileURLToPath(new URL('../..', import.meta.url));

/** A failure told in one line; its stack would help nobody. */
export class Stop extends Error {}

/** Runs one step with a line before it and its seconds after. The work may answer a word on how it went. */
export async function step(name, work) {
  process.stdout.write(`· ${name} …\n`);
  const started = performance.now();
  const word = await work();
  process.stdout.write(
    `  ${name}: ${word ?? 'done'} in ${((performance.now() - started) / 1000).toFixed(1)} s\n`,
  );
}
