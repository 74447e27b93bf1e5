import 'server-only';
import type { Worker } from 'node:worker_threads';
import { fp } from '#lib/failpoint';
import type { AttemptInput, BuildOrder } from '#lib/results/index-orders';
import { blocksOf } from './blocks.ts';
import type { RequestRun } from './request-digest.ts';
import { RequestTable } from './request-table.ts';
import type { RowWriter } from './row-writer.ts';
import type { TextWriter } from './text-file.ts';
import { digestsOf } from './two-hands.ts';

/** What an attempt sends, by id; and for each of its requests, counted from 1, the ordinal in the batch. */
export type Requests = { table: RequestTable; ordinals: Uint32Array };
/** The ordinals of a run of requests that begins behind so many others. */
export type OrdinalsOf = (run: RequestRun, before: number) => Uint32Array;

type Hands = { texts: TextWriter; helper: Worker | null };

/** Takes in what an attempt sends. Its words go to the texts at once. */
export function readRequests(
  { n, input: { file } }: AttemptInput,
  ordinalsOf: OrdinalsOf,
  { texts, helper }: Hands,
): Requests {
  const task = { kind: 'requests' as const, file, blocks: blocksOf(file) };
  const runs: RequestRun[] = [];
  const ordinals: Uint32Array[] = [];
  let count = 0;
  for (const { names, prompts, ...run } of digestsOf(task, helper)) {
    const some = ordinalsOf(run, count);
    texts.page({ place: 'customId', attempt: n, page: names, ordinals: some });
    texts.page({ place: 'prompt', attempt: n, page: prompts, ordinals: some });
    runs.push(run);
    ordinals.push(some);
    count += some.length;
    fp('index-chunk');
  }
  return { table: new RequestTable(runs), ordinals: joined(ordinals, count) };
}

function joined(parts: Uint32Array[], count: number): Uint32Array {
  const whole = new Uint32Array(count + 1);
  let at = 1;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}

/** What came back becomes rows, in the order of the parts and of their lines, however many threads read them. */
export function readAnswers(
  { n: attempt, parts }: AttemptInput,
  { dialect, preset }: BuildOrder,
  firstSegment: number,
  rows: RowWriter,
  { texts, helper }: Hands,
): void {
  for (const [n, { file, coming }] of parts.flatMap(({ segments }) => segments).entries()) {
    const blocks = coming ?? blocksOf(file);
    for (const digest of digestsOf({ kind: 'answers' as const, file, blocks, dialect, preset }, helper)) {
      const ordinals = rows.answers(digest, firstSegment + n);
      texts.page({ place: 'answer', attempt, page: digest.texts, ordinals });
      fp('index-chunk');
    }
  }
}

export function segmentsOf({ parts }: AttemptInput): string[] {
  return parts.flatMap(({ segments }) => segments.map(({ key }) => key));
}
