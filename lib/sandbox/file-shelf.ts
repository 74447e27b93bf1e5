import 'server-only';
import { rename, rm } from 'node:fs/promises';
import path from 'node:path';
import { foldersIn, readJson, syncFolder, writeDurably } from './disk.ts';

/** An uploaded file. What batches write as their results is not kept but made when it is read. */
export type SandboxFile = {
  id: string;
  taskId: number;
  filename: string;
  purpose: string;
  bytes: number;
  sha256: string;
  createdAt: number;
  expiresAt: number | null;
};

export type ShelvedFile = { file: SandboxFile; folder: string };

export type FileShelf = {
  find(id: string): ShelvedFile | null;
  all(): ShelvedFile[];
  /** The draft folder holds the bytes under the name `content`. */
  publish(draft: string, file: SandboxFile): Promise<ShelvedFile>;
  remove(found: ShelvedFile): Promise<void>;
};

export async function openFileShelf(home: string): Promise<FileShelf> {
  const files = new Map<string, ShelvedFile>();
  for (const folder of await foldersIn(home)) {
    const file = (await readJson(path.join(folder, 'meta.json'))) as SandboxFile | null;
    if (file) files.set(file.id, { file, folder });
  }
  return {
    find: (id) => files.get(id) ?? null,
    all: () => [...files.values()],
    async publish(draft, file) {
      const folder = path.join(home, file.id);
      await writeDurably(path.join(draft, 'meta.json'), JSON.stringify(file));
      await syncFolder(draft);
      await rename(draft, folder);
      await syncFolder(home);
      const found = { file, folder };
      files.set(file.id, found);
      return found;
    },
    async remove({ file, folder }) {
      files.delete(file.id);
      await rm(folder, { recursive: true, force: true });
    },
  };
}
