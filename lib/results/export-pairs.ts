import 'server-only';
import { noteDownload } from '#lib/audit/note-download';
import type { Context } from '#lib/context';
import type { PairFilter } from '#lib/model/comparison.schema';
import type { PairFileName } from '#lib/paths';
import type { SideFiles } from './compare-orders.ts';
import { comparedOf, openSides } from './compared.ts';
import { localSources } from './local-sources.ts';
import { ordinalsOf, pairsMeant } from './pairs-meant.ts';

const types: Record<PairFileName, string> = {
  'pairs.csv': 'text/csv; charset=utf-8',
  'pairs.jsonl': 'application/x-ndjson',
};

/** The pairs that are meant as a file, both sides of a request in one line. */
export async function exportPairs(
  ctx: Context,
  batchId: string,
  name: PairFileName,
  filter: PairFilter,
): Promise<{ name: string; type: string; body: AsyncIterable<Uint8Array> }> {
  const sides = await openSides(ctx, batchId, filter);
  const compared = await comparedOf(ctx, sides);
  const { first, second } = sides;
  const body = async function* () {
    if (compared === null || first.files === null || second.files === null) return;
    const meant = await pairsMeant(ctx, sides, compared, filter);
    yield* ctx.index.stream('pairs', {
      ...(await withSegments(ctx, first.files)),
      second: await withSegments(ctx, second.files),
      pairs: Uint32Array.from(meant.flatMap((pair) => ordinalsOf(pair, compared))),
      changes: Uint8Array.from(meant, (pair) => compared.changes[pair] ?? 0),
      name,
    });
  };
  return { name: `${first.batch.name} and ${second.batch.name} ${name}`, type: types[name], body: body() };
}

/** Rows of both batches have gone out, and each of them tells so. */
export async function notePairs(
  ctx: Context,
  batchId: string,
  format: PairFileName,
  { with: other = batchId, show = [], q = '' }: PairFilter,
): Promise<void> {
  const narrowed = show.length > 0 || q !== '' ? { narrowed: true } : {};
  for (const id of new Set([batchId, other])) await noteDownload(ctx, { batchId: id, format, ...narrowed });
}

async function withSegments(ctx: Pick<Context, 'index' | 'blobs'>, side: SideFiles) {
  const { segments } = await localSources(ctx, side.files);
  return { ...side, segments };
}
