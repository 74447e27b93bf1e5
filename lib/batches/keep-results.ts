import 'server-only';
import type { Context } from '#lib/context';
import type { ResultSource } from '#lib/providers/provider';
import { collected, type End, readAgain } from './collected.ts';
import { countedIn } from './counted-in.ts';
import { type Download, download } from './download.ts';
import { type Fetched, fetchedOf } from './fetched.ts';
import { type PartJob, takeStep } from './part-job.ts';
import { brokeOff } from './results-broke-off.ts';

/** Reads the results of a batch that is over, and takes them for whole only when something says that they are. */
export async function keepResults(
  ctx: Context,
  job: PartJob,
  over: End,
  sources: ResultSource[],
): Promise<void> {
  const found = fetchedOf(job.part);
  const before = { ...found, endedAt: found.endedAt ?? ctx.clock() };
  const came = await download(ctx, job, sources, over.end);
  if (came.broken) {
    came.ahead?.drop();
    return drop(ctx, await brokeOff(ctx, job, over, before, came, came.broken));
  }
  if (sources.length > 0 && !isWhole(job, over, before, came)) {
    came.ahead?.drop();
    await takeStep(ctx, job, readAgain(ctx, job, over, before, came));
    return drop(ctx, came.segments);
  }
  await takeStep(ctx, job, collected(ctx, job, over, before, came));
  await drop(ctx, before.kept?.segments ?? []);
}

/**
 * As many lines as requests, or as the provider counted, or twice the very same: then nothing was cut off. A count
 * of nought, or none, says nothing.
 */
function isWhole({ part }: PartJob, { report }: End, before: Fetched, came: Download): boolean {
  const counted = countedIn(report);
  const requests = part.last_ordinal - part.first_ordinal + 1;
  return came.lines === requests || (counted > 0 && came.lines === counted) || before.sha256 === came.sha256;
}

async function drop(ctx: Context, keys: string[]): Promise<void> {
  await Promise.all(keys.map((key) => ctx.blobs.delete(key)));
}
