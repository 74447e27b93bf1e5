import { readFileSync } from 'node:fs';
import { createLineSplitter } from '#lib/jsonl/split-lines';
import { createValidator } from '#lib/jsonl/validate';
import { timed } from './case.ts';

/** How long one pass over a file in memory takes, once the engine has warmed up. */
const [what = '', file = ''] = process.argv.slice(2);
const bytes = readFileSync(file);
const passes: Record<string, () => unknown> = { scan, validate };
const pass = passes[what] ?? scan;

for (let n = 0; n < 2; n++) pass();
console.log(await timed(pass));

function scan(): number {
  let found = 0;
  for (let i = 0; i < bytes.length; i++) if (bytes[i] === 10) found++;
  return found;
}

function validate(): void {
  const splitter = createLineSplitter();
  const validator = createValidator();
  const take: Parameters<typeof splitter.push>[1] = (line) =>
    validator.line(line.bytes, line.line, line.offset);
  for (let at = 0; at < bytes.length; at += 65_536) splitter.push(bytes.subarray(at, at + 65_536), take);
  splitter.end(take);
  if (validator.finish().errors > 0) throw new Error('The file of the bench has errors.');
}
