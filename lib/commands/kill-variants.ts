import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { killAt, type Walked } from './kill-at.ts';

/** A product broken on purpose, and the point at which a kill must show it. */
export type Variant = { name: string; file: string; from: string; to: string; order: string };

export const variants: Variant[] = [
  {
    name: 'the intent is not marked as sent before the call',
    file: 'lib/batches/submit-part.ts',
    from: '!(await markSent(ctx, job, intentId))',
    to: 'intentId === null',
    order: 'create-answered:1',
  },
  {
    name: 'a lost create call is sent again blindly',
    file: 'lib/batches/settle-submission.ts',
    from: "if (!intent || intent.state === 'intent'",
    to: "if (!intent || intent.state === 'sent' || intent.state === 'intent'",
    order: 'create-answered:1',
  },
  {
    name: 'an order with a key is not remembered',
    file: 'lib/replays/once.ts',
    from: 'if (key === null) {',
    to: 'if (key !== undefined) {',
    order: 'batch-kept:1',
  },
  {
    name: 'the key of the results holds no fence',
    file: 'lib/batches/poll-part.ts',
    from: 'job.claim.fence',
    to: '0',
    order: 'result-kept:1',
  },
  {
    name: 'a part is over before its index stands',
    file: 'lib/batches/finish-part.ts',
    from: '{ tries: job.part.tries + 1 }',
    to: "{ tries: job.part.tries + 1, phase: 'completed' }",
    order: 'index-chunk:1',
  },
];

/** Runs a walk over a copy of the source in which one thing is wrong. */
export async function killBroken(variant: Variant, withinMs = 12_000): Promise<Walked> {
  const root = path.resolve(import.meta.dirname, '../..');
  const tree = mkdtempSync(path.join(tmpdir(), 'batchdeck-broken-'));
  try {
    for (const part of ['lib', 'package.json'])
      cpSync(path.join(root, part), path.join(tree, part), { recursive: true });
    symlinkSync(path.join(root, 'node_modules'), path.join(tree, 'node_modules'));
    const file = path.join(tree, variant.file);
    const text = readFileSync(file, 'utf8');
    if (!text.includes(variant.from)) throw new Error(`${variant.file} no longer holds: ${variant.from}`);
    writeFileSync(file, text.replace(variant.from, variant.to));
    return await killAt(variant.order, { tree, withinMs });
  } finally {
    rmSync(tree, { recursive: true, force: true });
  }
}
