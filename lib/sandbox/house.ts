import 'server-only';
import path from 'node:path';
import type { Clock } from '#lib/clock';
import type { Log } from '#lib/log';
import { freshFolder } from './disk.ts';
import { type FileShelf, openFileShelf } from './file-shelf.ts';
import { openShelf, type Shelf } from './shelf.ts';

/** What the dialects share: one state, whoever asks for it in whatever words. */
export type House = {
  shelf: Shelf;
  files: FileShelf;
  clock: Clock;
  log: Log;
  nextTaskId(): number;
  /** A place to receive something in; what is never published is gone after the next start. */
  draftFolder(id: string): Promise<string>;
};

export async function openHouse(dir: string, clock: Clock, log: Log): Promise<House> {
  const drafts = path.join(dir, 'drafts');
  await freshFolder(drafts);
  const shelf = await openShelf(path.join(dir, 'batches'));
  const files = await openFileShelf(path.join(dir, 'files'));
  const taken = [
    ...shelf.all().map(({ batch }) => batch.taskId),
    ...files.all().map(({ file }) => file.taskId),
  ];
  let tasks = taken.reduce((most, id) => Math.max(most, id), 0);
  return {
    shelf,
    files,
    clock,
    log,
    nextTaskId: () => ++tasks,
    async draftFolder(id) {
      const folder = path.join(drafts, id);
      await freshFolder(folder);
      return folder;
    },
  };
}
