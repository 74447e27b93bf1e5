import type { FileSource } from '#components/findings/file-source';
import type { LineRules } from '#lib/jsonl/line-rules';
import type { Picker } from './picker.ts';
import type { RepairedBlob } from './repair-blob.ts';

/** Lines on the person's disk, read by their place and mended without anything leaving the machine. */
export function localSource(picker: Picker, key: string, blob: Blob, rules: LineRules): FileSource {
  let seen: { order: string; outcome: RepairedBlob } | null = null;
  return {
    rules,
    bytes: blob.size,
    readLine: ({ offset, bytes }) => blob.slice(offset, offset + bytes).text(),
    editLine: (line, place, text) => picker.editLine(key, line, place, text),
    async preview(repairs, { signal, onProgress }) {
      const outcome = await picker.preview(key, repairs, signal, onProgress);
      seen = { order: JSON.stringify(repairs), outcome };
      return outcome.report;
    },
    async apply(repairs) {
      const known = seen?.order === JSON.stringify(repairs) ? seen.outcome : null;
      const outcome = known ?? (await picker.preview(key, repairs, new AbortController().signal, () => {}));
      picker.repair(key, repairs, outcome);
    },
  };
}
