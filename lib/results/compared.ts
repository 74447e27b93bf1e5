import 'server-only';
import type { Context } from '#lib/context';
import { notFound, Refusal } from '#lib/errors';
import type { ComparedSides } from '#lib/paths';
import type { BatchRow } from '#lib/store/batches';
import type { Compared, Marked, SideFiles } from './compare-orders.ts';
import { indexedBatch } from './indexed-batch.ts';
import { keptFew } from './kept-few.ts';

export type Side = {
  batch: BatchRow;
  attempt: number | null;
  /** Null while nothing of it can be read. */
  files: SideFiles | null;
  /** What is under it never changes. */
  key: string;
};
export type Sides = { first: Side; second: Side };

type Hands = Pick<Context, 'index' | 'blobs'>;

export async function openSides(ctx: Context, batchId: string, asked: ComparedSides): Promise<Sides> {
  const first = await openSide(ctx, batchId, asked.attempt);
  if (!asked.with) throw new Refusal('invalid', 'Say which batch to compare with.');
  if (asked.with === batchId && asked.attempt === asked.withAttempt) {
    throw new Refusal(
      'invalid',
      'Both sides are the same. Choose another batch, or two attempts of this one.',
    );
  }
  const second = await openSide(ctx, asked.with, asked.withAttempt).catch((error: unknown) => {
    if (error instanceof Refusal && error.code === 'not_found') throw notFound('The batch to compare with');
    throw error;
  });
  return { first, second };
}

async function openSide(ctx: Context, batchId: string, attempt: number | undefined): Promise<Side> {
  const { batch, files } = await indexedBatch(ctx, batchId);
  if (attempt !== undefined) await mustHave(ctx, batchId, attempt);
  const key = `${batch.index_key} ${attempt ?? ''}`;
  const side = { batch, attempt: attempt ?? null, key };
  if (files === null) return { ...side, files: null };
  if (attempt === undefined) return { ...side, files: { files, attempt: null } };
  // The base is the first attempt, and all that is shown of it without the later ones.
  if (attempt === 1) return { ...side, files: { files: { ...files, retries: null }, attempt: null } };
  const { inputs } = await ctx.index.ask('sources', { files });
  return { ...side, files: attempt in inputs ? { files, attempt } : null };
}

async function mustHave({ db }: Context, batchId: string, n: number): Promise<void> {
  const found = await db
    .selectFrom('attempts')
    .select('n')
    .where('batch_id', '=', batchId)
    .where('n', '=', n)
    .executeTakeFirst();
  if (!found) throw notFound(`Attempt ${n}`);
}

const comparisons = keptFew<Compared>(4);
/** A hundred thousand answers are read and told apart by one number each; a few lists of those are kept. */
const marks = keptFew<Marked>(3);

/** Null while one side has nothing to compare. Both sides are read at once, each in a thread of its own. */
export async function comparedOf(ctx: Hands, { first, second }: Sides): Promise<Compared | null> {
  const [one, other] = [first.files, second.files];
  if (one === null || other === null) return null;
  return comparisons(`${first.key} | ${second.key}`, async () => {
    const [here, there] = await Promise.all([
      marks(first.key, () => marksOf(ctx, one)),
      marks(second.key, () => marksOf(ctx, other)),
    ]);
    return ctx.index.ask('compare', { ...one, ...here, second: { ...other, ...there } });
  });
}

async function marksOf(ctx: Hands, side: SideFiles): Promise<Marked> {
  const { segments: keys } = await ctx.index.ask('sources', { files: side.files });
  return ctx.blobs.withLocal(keys, (segments) => ctx.index.ask('marks', { ...side, segments }));
}
