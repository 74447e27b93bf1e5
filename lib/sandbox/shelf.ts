import 'server-only';
import { rename } from 'node:fs/promises';
import path from 'node:path';
import type { Cancellation, SandboxBatch } from './batch.ts';
import { foldersIn, freshFolder, readJson, syncFolder, writeDurably } from './disk.ts';
import { openJournal } from './journal.ts';

export type Shelved = { batch: SandboxBatch; cancellation: Cancellation | null; folder: string };

/** The batches of this provider: a folder each, whole or not at all. */
export type Shelf = {
  find(id: string): Shelved | null;
  /** Newest first. */
  all(): Shelved[];
  nextTaskId(): number;
  /** A place to receive a batch in; what is never published is gone after the next start. */
  draftFolder(id: string): Promise<string>;
  publish(draft: string, batch: SandboxBatch): Promise<void>;
  /** Asked twice at once it happens once. */
  cancel(found: Shelved, cancellation: Cancellation): Promise<Shelved>;
};

export async function openShelf(dir: string): Promise<Shelf> {
  const home = path.join(dir, 'batches');
  const drafts = path.join(dir, 'drafts');
  await freshFolder(drafts);
  const shelved = new Map<string, Shelved>();
  for (const folder of await foldersIn(home)) {
    const batch = (await readJson(path.join(folder, 'meta.json'))) as SandboxBatch | null;
    if (!batch) continue;
    const cancellation = (await readJson(path.join(folder, 'cancellation.json'))) as Cancellation | null;
    shelved.set(batch.id, { batch, cancellation, folder });
  }
  const journal = await openJournal(path.join(dir, 'journal.jsonl'));
  // What is kept below is only as durable as the names above it.
  for (const folder of [dir, path.dirname(dir)]) await syncFolder(folder);
  for (const { batch } of shelved.values()) {
    if (!journal.created.has(batch.id)) await journal.append(creation(batch));
  }
  const cancelling = new Map<string, Promise<Shelved>>();
  let tasks = Math.max(0, ...[...shelved.values()].map(({ batch }) => batch.taskId));

  return {
    find: (id) => shelved.get(id) ?? null,
    all: () => [...shelved.values()].sort((a, b) => b.batch.taskId - a.batch.taskId),
    nextTaskId: () => ++tasks,
    async draftFolder(id) {
      const folder = path.join(drafts, id);
      await freshFolder(folder);
      return folder;
    },
    async publish(draft, batch) {
      const folder = path.join(home, batch.id);
      await writeDurably(path.join(draft, 'meta.json'), JSON.stringify(batch));
      await syncFolder(draft);
      await rename(draft, folder);
      await syncFolder(home);
      await journal.append(creation(batch));
      shelved.set(batch.id, { batch, cancellation: null, folder });
    },
    cancel(found, cancellation) {
      const { id } = found.batch;
      const under = cancelling.get(id) ?? keepCancellation(found, cancellation);
      cancelling.set(id, under);
      return under.finally(() => cancelling.delete(id));
    },
  };

  async function keepCancellation(found: Shelved, cancellation: Cancellation): Promise<Shelved> {
    const { batch, folder } = found;
    await writeDurably(path.join(folder, 'cancellation.json'), JSON.stringify(cancellation));
    await syncFolder(folder);
    await journal.append({
      ...creation(batch),
      t: cancellation.askedAt,
      path: `/v1/batches/${batch.id}/cancel`,
      bodySha256: null,
    });
    const cancelled = { batch, folder, cancellation };
    shelved.set(batch.id, cancelled);
    return cancelled;
  }
}

function creation(batch: SandboxBatch) {
  return {
    t: batch.createdAt,
    id: batch.id,
    method: 'POST',
    path: '/v1/batches',
    bodySha256: batch.bodySha256,
    requests: batch.requests,
    accepted: true,
    nonce: batch.nonce,
  } as const;
}
