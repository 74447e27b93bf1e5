import 'server-only';
import type { Context } from '#lib/context';
import type { OverPhase } from '#lib/model/phase';
import { type Ahead, buildAhead } from '#lib/results/build-ahead';
import { attemptResults } from '#lib/results/part-results';
import { tariffOf } from '#lib/results/tariff-of';
import { attemptFiles, partsOf } from '#lib/store/batches';
import { writeHeld } from '#lib/store/claims';
import type { PartJob } from './part-job.ts';

/**
 * The index of a first attempt is begun while the first of its segments comes, as it will be if all of it comes.
 * A try that kills the process counts as one; then it is built only when the results are kept.
 */
export async function indexAhead(
  ctx: Context,
  { batch, part, claim }: PartJob,
  end: OverPhase,
  segments: string[],
): Promise<Ahead | null> {
  if (part.attempt > 1 || part.tries > 0) return null;
  return buildAhead(ctx, segments[0] ?? '', async () => {
    await writeHeld(ctx.db, claim, { tries: part.tries + 1 });
    const kept = { ...part, phase: 'collecting' as const, ends_as: end, segments: JSON.stringify(segments) };
    const parts = (await partsOf(ctx.db, [batch.id])).map((one) => (one.id === part.id ? kept : one));
    const { dialect, preset } = batch;
    return {
      how: { dialect, preset, tariff: await tariffOf(ctx.db, batch) },
      attempts: attemptResults(await attemptFiles(ctx.db, batch.id), parts, part.id).slice(0, 1),
    };
  });
}
