import 'server-only';

export type ByteRange = { offset: number; length: number };
export type Stored = { bytes: number; sha256: string };
/** What can be read of what is being put, in a file of this machine that stands until it is put. A store that has none says nothing. */
export type Watch = (file: string, bytes: number, isAll: boolean) => void;

/** Bytes written once under a key and never changed. Keys are ours: `[a-z0-9._/-]`, no `..`. */
export type Blobs = {
  /**
   * Streams to a temporary place, makes it durable, then publishes it. If `source` throws nothing is kept. A key that
   * exists is refused. Once the next chunk is asked for, the one before is no longer read.
   */
  put(key: string, source: AsyncIterable<Uint8Array>, watch?: Watch): Promise<Stored>;
  /** The same for a file that nobody writes any more. On the disk it stands on it is not copied; the caller removes it. */
  putFile(key: string, file: string): Promise<void>;
  read(key: string, range?: ByteRange): AsyncIterable<Uint8Array>;
  size(key: string): Promise<number | null>;
  delete(key: string): Promise<void>;
  /** A path on this machine where the bytes can be read now. Ask again rather than keep it: it may be a cached copy. */
  localPath(key: string): Promise<string>;
  /** The same for several keys, and the paths stay good while `use` runs. */
  withLocal<T>(keys: string[], use: (files: string[]) => Promise<T>): Promise<T>;
  /** Keys below a prefix, for the sweep. `modifiedAt` is never before the put had ended. */
  list(prefix: string): AsyncIterable<{ key: string; modifiedAt: number }>;
  /** Frees what puts that were killed have left. */
  dropUnfinished(): Promise<void>;
};

export class KeyTaken extends Error {
  constructor(key: string) {
    super(`There is a blob under ${key} already.`);
    this.name = 'KeyTaken';
  }
}

export class BlobMissing extends Error {
  constructor(key: string) {
    super(`There is no blob under ${key}.`);
    this.name = 'BlobMissing';
  }
}

/** By their names: each bundle of the server has classes of its own. */
export function saysMissing(error: unknown): boolean {
  return error instanceof Error && error.name === 'BlobMissing';
}

export function saysTaken(error: unknown): boolean {
  return error instanceof Error && error.name === 'KeyTaken';
}

export function checkedKey(key: string): string {
  if (!/^[a-z0-9._/-]{1,512}$/.test(key) || key.split('/').some((part) => /^\.*$/.test(part))) {
    throw new Error(`Not a blob key: ${JSON.stringify(key)}`);
  }
  return key;
}
