import 'server-only';
import { randomUUID } from 'node:crypto';
import { mkdir, rm } from 'node:fs/promises';
import path from 'node:path';
import type { Context } from '#lib/context';
import { fp } from '#lib/failpoint';
import { textKeyOf } from '#lib/store/blob-keys';
import { draftFolder } from './drafts.ts';
import type { Tariff } from './index/till.ts';
import type { Totals } from './index-orders.ts';
import type { PartResults } from './part-results.ts';

export type Collection = {
  indexKey: string;
  inputKey: string;
  dialect: string;
  preset: string;
  tariff: Tariff;
  parts: PartResults[];
};

/** Builds the index of a batch from its input and its segments. Doing it again is harmless. */
export async function collectResults(
  ctx: Pick<Context, 'blobs' | 'index' | 'env'>,
  { indexKey, inputKey, parts, ...how }: Collection,
): Promise<Totals> {
  const folder = draftFolder(ctx.env.BATCHDECK_DATA_DIR);
  await mkdir(folder, { recursive: true });
  const draft = path.join(folder, randomUUID());
  const out = { base: `${draft}.sqlite`, text: `${draft}.text` };
  try {
    const keys = [inputKey, ...parts.flatMap((part) => part.segments)];
    const totals = await ctx.blobs.withLocal(keys, ([input = '', ...files]) => {
      let next = 0;
      const place = (key: string) => ({ key, file: files[next++] ?? '' });
      return ctx.index.ask('build', {
        ...how,
        input: { key: inputKey, file: input },
        parts: parts.map((part) => ({ ...part, segments: part.segments.map(place) })),
        out,
      });
    });
    fp('index-built');
    // The index last: where it stands, its words do.
    for (const [key, file] of [
      [textKeyOf(indexKey), out.text],
      [indexKey, out.base],
    ] as const) {
      await ctx.blobs.delete(key);
      await ctx.blobs.putFile(key, file);
    }
    fp('index-kept');
    return totals;
  } finally {
    for (const file of Object.values(out)) await rm(file, { force: true });
  }
}
