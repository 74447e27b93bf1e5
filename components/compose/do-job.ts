import type { LineRules } from '#lib/jsonl/line-rules';
import type { Summary } from '#lib/jsonl/validate';
import type { Repair } from '#lib/model/repair';
import { checkFile } from './check-file.ts';
import { hashFile } from './hash-file.ts';
import { type Merged, mergeFiles, type Part } from './merge-files.ts';
import type { Told } from './read-through.ts';
import { type RepairedBlob, repairBlob } from './repair-blob.ts';

/** What can be done with files away from the page. */
type Orders = {
  check: { file: Blob; rules: LineRules };
  hash: { file: Blob };
  repair: { file: Blob; repairs: Repair[]; rules: LineRules };
  merge: { parts: Part[]; rules: LineRules };
};
type Outcomes = { check: Summary; hash: string; repair: RepairedBlob; merge: Merged };

export type JobKind = keyof Orders;
export type Job<K extends JobKind = JobKind> = { kind: K } & Orders[K];
export type Outcome<K extends JobKind> = Outcomes[K];

const does: { [K in JobKind]: (order: Orders[K], told: Told) => Promise<Outcomes[K]> } = {
  check: ({ file, rules }, told) => checkFile(file, rules, told),
  hash: ({ file }, told) => hashFile(file, told),
  repair: ({ file, repairs, rules }, told) => repairBlob(file, repairs, rules, told),
  merge: ({ parts, rules }, told) => mergeFiles(parts, rules, told),
};

export function doJob<K extends JobKind>(job: Job<K>, told: Told): Promise<Outcome<K>> {
  return does[job.kind](job, told);
}
