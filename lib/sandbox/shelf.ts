import 'server-only';
import { rename, rm } from 'node:fs/promises';
import path from 'node:path';
import type { Cancellation, ResultRole, SandboxBatch, Verdict } from './batch.ts';
import { foldersIn, syncFolder, writeDurably } from './disk.ts';
import { readShelved, type Shelved } from './read-shelved.ts';

/** The batches of this provider: a folder each, whole or not at all. */
export type Shelf = {
  find(id: string): Shelved | null;
  /** Newest first. */
  all(): Shelved[];
  /** The batch whose results this file is. */
  findResults(fileId: string): { shelved: Shelved; role: ResultRole } | null;
  publish(draft: string, batch: SandboxBatch, verdict: Verdict | null): Promise<Shelved>;
  settle(found: Shelved, verdict: Verdict): Promise<Shelved>;
  /** Asked twice at once it happens once. */
  cancel(found: Shelved, cancellation: Cancellation): Promise<Shelved>;
  removeResults(found: Shelved, role: ResultRole): Promise<void>;
  remove(found: Shelved): Promise<void>;
};

export async function openShelf(home: string): Promise<Shelf> {
  const shelved = new Map<string, Shelved>();
  for (const folder of await foldersIn(home)) {
    const found = await readShelved(folder);
    if (found) shelved.set(found.batch.id, found);
  }
  const cancelling = new Map<string, Promise<Shelved>>();

  /** One more fact about a batch, on disk before it is believed. */
  const add = async (found: Shelved, name: string, fact: Partial<Shelved>): Promise<Shelved> => {
    const [value] = Object.values(fact);
    await writeDurably(path.join(found.folder, `${name}.json`), JSON.stringify(value));
    await syncFolder(found.folder);
    const now = { ...(shelved.get(found.batch.id) ?? found), ...fact };
    if (shelved.has(found.batch.id)) shelved.set(found.batch.id, now);
    return now;
  };

  return {
    find: (id) => shelved.get(id) ?? null,
    all: () => [...shelved.values()].sort((a, b) => b.batch.taskId - a.batch.taskId),
    findResults(fileId) {
      for (const found of shelved.values()) {
        const { order } = found.batch;
        if (order?.outputFileId === fileId) return { shelved: found, role: 'output' };
        if (order?.errorFileId === fileId) return { shelved: found, role: 'error' };
      }
      return null;
    },
    async publish(draft, batch, verdict) {
      const folder = path.join(home, batch.id);
      if (verdict) await writeDurably(path.join(draft, 'verdict.json'), JSON.stringify(verdict));
      await writeDurably(path.join(draft, 'meta.json'), JSON.stringify(batch));
      await syncFolder(draft);
      await rename(draft, folder);
      await syncFolder(home);
      const found = { batch, folder, verdict, cancellation: null, removed: [] };
      shelved.set(batch.id, found);
      return found;
    },
    settle: (found, verdict) => add(found, 'verdict', { verdict }),
    cancel(found, cancellation) {
      const { id } = found.batch;
      const under = cancelling.get(id) ?? add(found, 'cancellation', { cancellation });
      cancelling.set(id, under);
      return under.finally(() => cancelling.delete(id));
    },
    async removeResults(found, role) {
      await add(found, 'removed', { removed: [...new Set([...found.removed, role])] });
    },
    async remove({ batch, folder }) {
      shelved.delete(batch.id);
      await rm(folder, { recursive: true, force: true });
    },
  };
}
