import 'server-only';
import { demand } from '#lib/auth/permissions';
import type { Context } from '#lib/context';
import { anyTarget } from '#lib/jsonl/line-rules';
import type { BatchFile } from '#lib/model/file';
import type { Repair, RepairReport } from '#lib/model/repair';
import type { RepairOrder } from '#lib/model/repair.schema';
import { keepFile } from './keep-file.ts';
import { reachFile } from './reach.ts';
import { repairedBytes } from './repaired-bytes.ts';

/** A stored file, mended: a new file that names the old one and how it was made. The old one stays as it was. */
export async function repairFile(
  ctx: Context,
  fileId: string,
  { repairs, name }: Pick<RepairOrder, 'repairs' | 'name'>,
  key: string | null = null,
): Promise<BatchFile> {
  demand(ctx, 'operate');
  const file = await reachFile(ctx, fileId);
  const mended = {
    name: name ?? derivedName(file.name, repairs),
    body: repairedBytes(ctx.blobs, file.blob_key, { repairs, rules: anyTarget, size: file.bytes }),
    length: null,
    sha256: null,
    origin: { from: file.id, recipe: { repairs } },
  };
  return keepFile(ctx, mended, key);
}

/** What the repairs would do, told without keeping anything. */
export async function previewRepairs(ctx: Context, fileId: string, repairs: Repair[]): Promise<RepairReport> {
  demand(ctx, 'read');
  const { blob_key, bytes } = await reachFile(ctx, fileId);
  const run = repairedBytes(ctx.blobs, blob_key, { repairs, rules: anyTarget, size: bytes });
  for (;;) {
    const next = await run.next();
    if (next.done) return next.value;
  }
}

/** `rows.jsonl` becomes `rows.repaired.jsonl`, or says the form its lines have now. */
function derivedName(name: string, repairs: Repair[]): string {
  const [, stem = name, ending = ''] = /^(.+?)(\.[a-z]{1,8})?$/i.exec(name) ?? [];
  const form = repairs.find((repair) => repair.kind === 'convert')?.to;
  const word = form ?? 'repaired';
  return `${stem.replace(new RegExp(`\\.${word}$`), '')}.${word}${ending}`;
}
