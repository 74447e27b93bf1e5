import 'server-only';
import { closeSync, openSync, readSync } from 'node:fs';

/** Files that are read in many places, each opened once: a hundred thousand opens would take half a minute. */
export class OpenFiles {
  readonly #open = new Map<string, number>();

  fd(file: string): number {
    const fd = this.#open.get(file) ?? openSync(file, 'r');
    this.#open.set(file, fd);
    return fd;
  }

  read(file: string, { offset, length }: { offset: number; length: number }): Uint8Array {
    const bytes = Buffer.allocUnsafe(length);
    for (let done = 0; done < length; )
      done += this.readInto(file, bytes, done, length - done, offset + done);
    return bytes;
  }

  /** At least one byte, unless the file is shorter than the index says. */
  readInto(file: string, bytes: Uint8Array, at: number, length: number, offset: number): number {
    const read = readSync(this.fd(file), bytes, at, length, offset);
    if (read === 0) throw new Error(`A file of these results ends before byte ${offset + length}.`);
    return read;
  }

  /** Less where the file ends before. */
  readUpTo(file: string, { offset, length }: { offset: number; length: number }): Uint8Array {
    const bytes = Buffer.allocUnsafe(length);
    return bytes.subarray(0, readSync(this.fd(file), bytes, 0, length, offset));
  }

  close(): void {
    for (const fd of this.#open.values()) closeSync(fd);
    this.#open.clear();
  }
}
