import 'server-only';
import { randomUUID } from 'node:crypto';
import { mkdir, rm } from 'node:fs/promises';
import path from 'node:path';
import type { Context } from '#lib/context';
import { Refusal } from '#lib/errors';
import { outcomes } from '#lib/model/result';
import type { Retry } from '#lib/model/retry.schema';
import { draftFolder } from './drafts.ts';
import type { Derived } from './index-orders.ts';
import { indexedBatch } from './indexed-batch.ts';

/** The lines of a batch that are meant, in a file of this machine for as long as `use` runs. */
export async function deriveRequests<T>(
  ctx: Context,
  batchId: string,
  { outcomes: named, group, customIds, overrides }: Retry,
  use: (derived: Derived, file: string) => Promise<T>,
): Promise<T> {
  const { files, inputKey } = await indexedBatch(ctx, batchId);
  if (files === null) throw nothing();
  const unsuccessful = outcomes.filter((outcome) => outcome !== 'succeeded');
  const outcome = named ?? (customIds || group ? [] : unsuccessful);
  const folder = draftFolder(ctx.env.BATCHDECK_DATA_DIR);
  await mkdir(folder, { recursive: true });
  const out = path.join(folder, `${randomUUID()}.jsonl`);
  try {
    const derived = await ctx.index.ask('derive', {
      files,
      filter: { outcome, ...(group === undefined ? {} : { group: [group] }) },
      customIds: customIds ?? null,
      overrides: overrides ?? null,
      input: await ctx.blobs.localPath(inputKey),
      out,
    });
    check(derived);
    return await use(derived, out);
  } finally {
    await rm(out, { force: true });
  }
}

function check({ unknown, requests }: Derived): void {
  const [first, ...more] = unknown;
  if (first !== undefined) {
    const others = more.length === 0 ? '' : ` and ${more.length} more`;
    throw new Refusal('invalid', `“${first}”${others} is no custom_id of this batch.`);
  }
  if (requests === 0) throw nothing();
}

function nothing(): Refusal {
  return new Refusal('invalid', 'No line of this batch matches, so there is nothing to send again.');
}
