import 'server-only';
import { parentPort } from 'node:worker_threads';
import { createLineSplitter, type Line } from '#lib/jsonl/split-lines';
import { createValidator } from '#lib/jsonl/validate';

const splitter = createLineSplitter();
const validator = createValidator();
const onLine = (line: Line) => validator.line(line.bytes, line.line, line.offset);

/** Bytes are answered with null, so that no more than a few pieces wait; null asks for the judgement. */
parentPort?.on('message', (bytes: Uint8Array | null) => {
  if (bytes) {
    splitter.push(bytes, onLine);
    parentPort?.postMessage(null);
  } else {
    splitter.end(onLine);
    parentPort?.postMessage(validator.finish());
  }
});
