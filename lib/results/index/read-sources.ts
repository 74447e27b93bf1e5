import 'server-only';
import type { Worker } from 'node:worker_threads';
import { fp } from '#lib/failpoint';
import type { BuildOrder } from '#lib/results/index-orders';
import { rangesOf } from './lines-in.ts';
import type { RequestRun } from './request-digest.ts';
import { RequestTable } from './request-table.ts';
import type { RowWriter } from './row-writer.ts';
import type { TextWriter } from './text-file.ts';
import { digestsOf } from './two-hands.ts';

/** What was sent, by id. Its words go to the texts at once. */
export function readRequests(file: string, texts: TextWriter, helper: Worker | null): RequestTable {
  const tasks = rangesOf(file).map((range) => ({ kind: 'requests' as const, file, range }));
  const runs: RequestRun[] = [];
  let count = 0;
  for (const { names, prompts, ...run } of digestsOf(tasks, helper)) {
    const before = count;
    const ordinals = run.lengths.map((_, n) => before + n + 1);
    texts.page('customId', names, ordinals);
    texts.page('prompt', prompts, ordinals);
    runs.push(run);
    count += ordinals.length;
    fp('index-chunk');
  }
  return new RequestTable(runs);
}

/** What came back becomes rows, in the order of the parts and of their lines, however many threads read them. */
export function readAnswers(
  { parts, dialect, preset }: BuildOrder,
  rows: RowWriter,
  texts: TextWriter,
  helper: Worker | null,
): void {
  const segments = parts.flatMap(({ segments, attempt }) => segments.map(({ file }) => ({ file, attempt })));
  const tasks = segments.flatMap(({ file, attempt }, segment) =>
    rangesOf(file).map((range) => ({
      kind: 'answers' as const,
      file,
      range,
      dialect,
      preset,
      segment,
      attempt,
    })),
  );
  let n = 0;
  for (const digest of digestsOf(tasks, helper)) {
    const { segment = 0, attempt = 1 } = tasks[n] ?? {};
    texts.page('answer', digest.texts, rows.answers(digest, segment, attempt));
    n += 1;
    fp('index-chunk');
  }
}
