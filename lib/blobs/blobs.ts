import 'server-only';

export type ByteRange = { offset: number; length: number };
export type Stored = { bytes: number; sha256: string };

/** Bytes written once under a key and never changed. Keys are ours: `[a-z0-9._/-]`, no `..`. */
export type Blobs = {
  /** Streams to a temporary place, makes it durable, then publishes it. If `source` throws nothing is kept. A key that exists is refused. */
  put(key: string, source: AsyncIterable<Uint8Array>): Promise<Stored>;
  read(key: string, range?: ByteRange): AsyncIterable<Uint8Array>;
  size(key: string): Promise<number | null>;
  delete(key: string): Promise<void>;
  /** A path on this machine where the bytes can be read, for the index workers. */
  localPath(key: string): Promise<string>;
  /** Keys below a prefix, for the sweep. */
  list(prefix: string): AsyncIterable<{ key: string; modifiedAt: number }>;
};

export class KeyTaken extends Error {
  constructor(key: string) {
    super(`There is a blob under ${key} already.`);
    this.name = 'KeyTaken';
  }
}
