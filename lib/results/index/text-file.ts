import 'server-only';
import { closeSync, openSync, readSync, writevSync } from 'node:fs';
import { type HitPlace, hitPlaces } from '#lib/model/result';
import type { TextPage } from './text-page.ts';

/** What a page begins with: what its words are, how many texts there are, how many bytes they take, and the attempt. */
const headLength = 4;
const headBytes = 4 * headLength;

type WrittenPage = { place: HitPlace; attempt: number; page: TextPage; ordinals: Uint32Array };

/** The words of a batch beside its index: pages of a head, the texts, their lengths and the ordinals they belong to. */
export class TextWriter {
  readonly #fd: number;

  constructor(file: string) {
    this.#fd = openSync(file, 'w', 0o600);
  }

  /** An ordinal of 0 is nobody's. */
  page({ place, attempt, page: { bytes, lengths }, ordinals }: WrittenPage): void {
    if (lengths.length === 0) return;
    const head = Uint32Array.of(hitPlaces.indexOf(place), lengths.length, bytes.length, attempt);
    const parts = [head, bytes, lengths, ordinals].map(
      ({ buffer, byteOffset, byteLength }) => new Uint8Array(buffer, byteOffset, byteLength),
    );
    const wanted = parts.reduce((sum, { length }) => sum + length, 0);
    const written = writevSync(this.#fd, parts);
    if (written < wanted) throw Object.assign(new Error('The disk is full.'), { code: 'ENOSPC' });
  }

  close(): void {
    closeSync(this.#fd);
  }
}

export type ReadPage = {
  place: number;
  attempt: number;
  /** Good until the next page is read. */
  text: Buffer;
  lengths: () => Uint32Array;
  ordinals: () => Uint32Array;
};

export class TextReader {
  readonly #fd: number;
  #at = 0;
  #room = Buffer.allocUnsafe(256 * 1024);

  constructor(file: string) {
    this.#fd = openSync(file, 'r');
  }

  next(): ReadPage | null {
    const [place = 0, count = 0, bytes = 0, attempt = 1] = this.#numbers(this.#at, headLength);
    if (count === 0) return null;
    if (bytes > this.#room.length) this.#room = Buffer.allocUnsafe(2 * bytes);
    const text = this.#room.subarray(0, bytes);
    readSync(this.#fd, text, 0, bytes, this.#at + headBytes);
    const numbers = this.#at + headBytes + bytes;
    this.#at = numbers + 8 * count;
    return {
      place,
      attempt,
      text,
      lengths: () => this.#numbers(numbers, count),
      ordinals: () => this.#numbers(numbers + 4 * count, count),
    };
  }

  close(): void {
    closeSync(this.#fd);
  }

  #numbers(at: number, count: number): Uint32Array {
    const numbers = new Uint32Array(count);
    readSync(this.#fd, numbers, 0, numbers.byteLength, at);
    return numbers;
  }
}
