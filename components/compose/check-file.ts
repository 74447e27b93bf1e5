import type { LineRules } from '#lib/jsonl/line-rules';
import { sniff, sniffedBytes } from '#lib/jsonl/sniff';
import { createLineSplitter, type Line } from '#lib/jsonl/split-lines';
import { createValidator, type Summary } from '#lib/jsonl/validate';
import { NotAFile, readThrough, type Told } from './read-through.ts';

/** What the server will do on arrival, done while the file is still on the person's disk. */
export async function checkFile(file: Blob, rules: LineRules, onProgress: Told): Promise<Summary> {
  const refused = sniff(new Uint8Array(await file.slice(0, sniffedBytes).arrayBuffer()));
  if (refused) throw new NotAFile(refused.message);
  const splitter = createLineSplitter();
  const validator = createValidator(rules);
  const onLine = (line: Line) => {
    validator.line(line.bytes, line.line, line.offset);
  };
  await readThrough(file, (chunk) => splitter.push(chunk, onLine), onProgress);
  splitter.end(onLine);
  return validator.finish();
}
