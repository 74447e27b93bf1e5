import 'server-only';
import type { Context } from '#lib/context';
import type { AnomalyKind } from '#lib/model/reconciliation';
import type { IndexFiles, Orders } from './index-orders.ts';
import { indexedBatch } from './indexed-batch.ts';

type Page = Orders['anomalies']['answer'];

const newline = Uint8Array.of(0x0a);
const atOnce = 200;

/** All lines that are nobody's answer in one way, byte for byte, one under the other. */
export async function exportMismatches(
  ctx: Context,
  batchId: string,
  kind: AnomalyKind,
): Promise<{ name: string; body: AsyncIterable<Uint8Array> }> {
  const { batch, files } = await indexedBatch(ctx, batchId);
  return { name: `${batch.name} ${kind}.jsonl`, body: files ? linesOf(ctx, files, kind) : nothing() };
}

async function* linesOf(
  ctx: Pick<Context, 'index' | 'blobs'>,
  files: IndexFiles,
  kind: AnomalyKind,
): AsyncGenerator<Uint8Array> {
  for (let after: string | null = null; ; ) {
    const { items, segments }: Page = await ctx.index.ask('anomalies', { files, kind, after, limit: atOnce });
    for (const { place } of items) {
      yield* ctx.blobs.read(segments[place.segment] ?? '', place);
      yield newline;
    }
    if (items.length < atOnce) return;
    after = items.at(-1)?.id ?? null;
  }
}

async function* nothing(): AsyncGenerator<Uint8Array> {}
