import 'server-only';
import type { LineRules } from '#lib/jsonl/line-rules';
import { createLineSplitter, type Line } from '#lib/jsonl/split-lines';
import { createValidator, type Summary } from '#lib/jsonl/validate';

/** Bytes in, judgement out: the same in this thread and in another. */
export function judgeLines(rules: LineRules): { push(bytes: Uint8Array): void; end(): Summary } {
  const splitter = createLineSplitter({ reused: true });
  const validator = createValidator(rules);
  const onLine = (line: Line) => {
    validator.line(line.bytes, line.line, line.offset);
  };
  return {
    push: (bytes) => splitter.push(bytes, onLine),
    end() {
      splitter.end(onLine);
      return validator.finish();
    },
  };
}
