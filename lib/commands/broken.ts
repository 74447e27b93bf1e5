import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

/** What stands in a file once, and what stands there instead in a product with one promise taken out of it. */
export type Edit = { file: string; from: string; to: string };

const root = path.resolve(import.meta.dirname, '../..');
const parts = ['lib', 'package.json', 'tsconfig.json', 'vitest.config.ts'];

/** A copy of the source with something taken out of it, for as long as the work takes. */
export async function withBroken<T>(edits: Edit[], work: (tree: string) => Promise<T>): Promise<T> {
  const tree = mkdtempSync(path.join(tmpdir(), 'batchdeck-broken-'));
  try {
    for (const part of parts) cpSync(path.join(root, part), path.join(tree, part), { recursive: true });
    symlinkSync(path.join(root, 'node_modules'), path.join(tree, 'node_modules'));
    for (const edit of edits) apply(tree, edit);
    return await work(tree);
  } finally {
    rmSync(tree, { recursive: true, force: true });
  }
}

function apply(tree: string, { file, from, to }: Edit): void {
  const place = path.join(tree, file);
  const text = readFileSync(place, 'utf8');
  if (text.split(from).length !== 2) throw new Error(`${file} does not hold once: ${from}`);
  writeFileSync(
    place,
    text.replace(from, () => to),
  );
}
