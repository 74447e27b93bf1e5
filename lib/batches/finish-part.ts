import 'server-only';
import type { Kysely } from 'kysely';
import type { Context } from '#lib/context';
import { fp } from '#lib/failpoint';
import { isOver, type OverPhase } from '#lib/model/phase';
import type { Outcome } from '#lib/model/result';
import { collectResults } from '#lib/results/collect-results';
import { attemptResults, endsAs, partResults } from '#lib/results/part-results';
import { tariffOf } from '#lib/results/tariff-of';
import { attemptFiles, type PartRow, partsOf } from '#lib/store/batches';
import { writeHeld } from '#lib/store/claims';
import type { Schema } from '#lib/store/schema';
import { type PartJob, type Step, takeStep } from './part-job.ts';
import { spentOn } from './spent-on.ts';

const maxTries = 3;

/** Builds the index, then shows the end: a terminal phase is visible only after the results can be queried. */
export async function finishPart(ctx: Context, job: PartJob): Promise<void> {
  if (job.part.tries >= maxTries) return setAside(ctx, job);
  await (job.part.tries === 0 ? collect(ctx, job) : alone(() => collect(ctx, job)));
}

let suspects = Promise.resolve();

/** What has failed before is tried one at a time, so that a kill is counted against the part that caused it. */
function alone(work: () => Promise<void>): Promise<void> {
  const mine = suspects.then(work);
  suspects = mine.catch(() => {});
  return mine;
}

async function collect(ctx: Context, job: PartJob): Promise<void> {
  const { batch, part } = job;
  await writeHeld(ctx.db, job.claim, { tries: job.part.tries + 1 });
  const parts = await partsOf(ctx.db, [batch.id]);
  const { indexKey, totals } = await collectResults(ctx, {
    batchId: batch.id,
    attempts: attemptResults(await attemptFiles(ctx.db, batch.id), parts, part.id),
    ended: part.attempt,
    stamp: `${part.attempt}-${part.n}-${job.claim.fence}`,
    standing: batch.index_key,
    dialect: batch.dialect,
    preset: batch.preset,
    tariff: await tariffOf(ctx.db, batch),
  });
  const counts = totals.counts[part.id];
  if (!counts) throw new Error(`Part ${part.id} is not among the parts of its batch.`);
  const end = endOfPart(part, counts);
  fp('pointer-flip');
  await publish(ctx, job, parts, {
    part: { phase: end, ...answered(counts), tries: 0, attention: null },
    ...keptBeside(parts, part, answered(counts), answered(totals.merged)),
    batch: {
      index_key: indexKey,
      usage: totals.usage === null ? null : JSON.stringify(totals.usage),
      ...spentOn(job, parts, totals),
      finished_at: ctx.clock(),
    },
    event: { verb: `batch.${end}`, data: answered(counts) },
    inMs: 0,
  });
  fp('pointer-flipped');
}

type Answered = ReturnType<typeof answered>;

/** What is missing in the counts of a retry's parts to make those of what is shown; nothing in a first attempt. */
function keptBeside(
  parts: PartRow[],
  mine: PartRow,
  counts: Answered,
  merged: Answered,
): Pick<Step, 'attempt'> {
  const others = parts.filter(({ id, attempt }) => attempt === mine.attempt && id !== mine.id);
  if (mine.attempt === 1 || others.some(({ phase }) => !isOver(phase))) return {};
  const names = Object.keys(merged) as (keyof Answered)[];
  const sum = (name: keyof Answered) => others.reduce((total, part) => total + part[name], counts[name]);
  const kept = Object.fromEntries(names.map((name) => [name, merged[name] - sum(name)]));
  return { attempt: { kept: JSON.stringify(kept) } };
}

class Outrun extends Error {}

/** Another part that ended while the index was built is not in it; then the index is built again, not shown. */
async function publish(ctx: Context, job: PartJob, seen: PartRow[], step: Step): Promise<void> {
  const check = async (trx: Kysely<Schema>) => {
    const now = await partsOf(trx, [job.batch.id]);
    if (inputOfOthers(now, job) !== inputOfOthers(seen, job)) throw new Outrun();
  };
  try {
    await takeStep(ctx, job, { ...step, check });
  } catch (error) {
    if (!(error instanceof Outrun)) throw error;
    await takeStep(ctx, job, { part: { tries: job.part.tries }, inMs: 0 });
  }
}

function inputOfOthers(parts: PartRow[], job: PartJob): string {
  return JSON.stringify(parts.filter(({ id }) => id !== job.part.id).map(partResults));
}

/** A collection that killed the process three times must not take the others with it; it gets one more try a day. */
async function setAside(ctx: Context, job: PartJob): Promise<void> {
  await takeStep(ctx, job, {
    part: { attention: 'stalled', tries: maxTries - 1 },
    ...(job.part.attention === 'stalled' ? {} : { event: { verb: 'batch.set_aside' } }),
    inMs: 24 * 3_600_000,
  });
}

/** A batch that was asked to stop is cancelled only if that left something undone. */
function endOfPart(part: PartRow, counts: Record<Outcome, number>): OverPhase {
  const end = endsAs(part);
  if (end === 'completed' && part.cancel_sent_at !== null && counts.cancelled + counts.missing > 0)
    return 'cancelled';
  return isOver(end) ? end : 'completed';
}

/** Unparseable answers count as failed: the request got no usable answer. */
function answered(counts: Record<Outcome, number>) {
  return {
    succeeded: counts.succeeded,
    failed: counts.failed + counts.unparseable,
    cancelled: counts.cancelled,
    expired: counts.expired,
    missing: counts.missing,
  };
}
