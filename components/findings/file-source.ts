import type { LineRules } from '#lib/jsonl/line-rules';
import type { LinePlace } from '#lib/model/finding';
import type { Repair, RepairReport } from '#lib/model/repair';

/** Where the lines of a file are read and mended: on the person's disk, or at the server. */
export type FileSource = {
  rules: LineRules;
  readLine: (place: LinePlace) => Promise<string>;
  /** Null where nothing may be changed. A line without text is left out. */
  editLine: ((line: number, place: LinePlace, text: string | null) => void) | null;
  preview: (
    repairs: Repair[],
    options: { signal: AbortSignal; onProgress: (bytes: number) => void },
  ) => Promise<RepairReport>;
  /** What was looked at last, done. */
  apply: (repairs: Repair[]) => Promise<void>;
  bytes: number;
};

/** A longer line is looked at, not edited here. */
export const editableBytes = 256 * 1024;
