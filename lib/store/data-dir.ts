import 'server-only';
import { mkdirSync } from 'node:fs';
import path from 'node:path';
import { DatabaseSync } from 'node:sqlite';

/** Holds the data folder for this process alone until `release`. The lock dies with the process, however that ends. */
export function holdDataDir(dir: string): { release(): void } {
  mkdirSync(dir, { recursive: true, mode: 0o700 });
  const lock = new DatabaseSync(path.join(dir, 'lock.sqlite'), { timeout: 0 });
  try {
    lock.exec('pragma journal_mode = delete; begin exclusive');
  } catch (error) {
    lock.close();
    if (!isBusy(error)) throw error;
    const folder = path.resolve(dir);
    throw new Error(
      `another Batchdeck works with ${folder}. Stop it first, or set BATCHDECK_DATA_DIR to another folder.`,
    );
  }
  return { release: () => lock.close() };
}

function isBusy(error: unknown): boolean {
  return (error as { errcode?: unknown } | null)?.errcode === 5;
}
