import 'server-only';
import { type FileHandle, open } from 'node:fs/promises';
import type { Blobs } from '#lib/blobs/blobs';
import type { Place } from './index-orders.ts';

/** Reads many small places of a few blobs, each opened once: a hundred thousand opens would take half a minute. */
export class PlaceReader {
  readonly #blobs: Pick<Blobs, 'localPath'>;
  readonly #files = new Map<string, Promise<FileHandle>>();

  constructor(blobs: Pick<Blobs, 'localPath'>) {
    this.#blobs = blobs;
  }

  async read(key: string, { offset, length }: Place): Promise<Buffer> {
    const file = await this.#open(key);
    const bytes = Buffer.allocUnsafe(length);
    let done = 0;
    while (done < length) {
      const { bytesRead } = await file.read(bytes, done, length - done, offset + done);
      if (bytesRead === 0) throw new Error(`${key} ends before ${offset + length}.`);
      done += bytesRead;
    }
    return bytes;
  }

  async close(): Promise<void> {
    await Promise.all([...this.#files.values()].map(async (file) => (await file).close()));
    this.#files.clear();
  }

  #open(key: string): Promise<FileHandle> {
    const opened = this.#files.get(key) ?? this.#blobs.localPath(key).then((path) => open(path));
    this.#files.set(key, opened);
    return opened;
  }
}

const gatheredBytes = 256 * 1024;

/** Many small chunks as fewer larger ones, for streams that pay for each. */
export async function* gathered(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  let waiting: Uint8Array[] = [];
  let bytes = 0;
  for await (const chunk of chunks) {
    waiting.push(chunk);
    bytes += chunk.length;
    if (bytes < gatheredBytes) continue;
    yield Buffer.concat(waiting);
    waiting = [];
    bytes = 0;
  }
  if (bytes > 0) yield Buffer.concat(waiting);
}
