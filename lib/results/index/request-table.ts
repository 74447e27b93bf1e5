import 'server-only';
import type { RequestDigest } from './request-digest.ts';

/** What is longer was never sent: an id has at most 256 bytes. */
const longestId = 1024;
const scratch = Buffer.allocUnsafe(4 * longestId);

/** The requests of a file by id, in some fifty bytes each; a Map of a million strings would take three times that. */
export class RequestTable {
  readonly count: number;
  /** Where each request stands, by ordinal, which counts from 1. */
  readonly offsets: Float64Array;
  readonly lengths: Uint32Array;
  readonly #models: (string | null)[] = [null];
  readonly #modelOf: Uint32Array;
  readonly #ids: Buffer;
  readonly #idEnds: Uint32Array;
  /** Ordinals at the place their id's hash names, or in the next free one behind it. */
  readonly #slots: Int32Array;
  /** Ids are chosen by strangers: not knowing this, nobody chooses many that meet in one slot. */
  readonly #factor = Math.floor(Math.random() * 2 ** 31) | 1;

  constructor(digests: RequestDigest[]) {
    this.count = digests.reduce((sum, { lengths }) => sum + lengths.length, 0);
    this.offsets = new Float64Array(this.count + 1);
    this.lengths = new Uint32Array(this.count + 1);
    this.#modelOf = new Uint32Array(this.count + 1);
    this.#idEnds = new Uint32Array(this.count + 1);
    this.#ids = Buffer.concat(digests.map(({ ids }) => ids));
    this.#slots = new Int32Array(2 ** Math.ceil(Math.log2(2 * this.count + 2)));
    const numbers = new Map<string, number>();
    let ordinal = 0;
    for (const digest of digests) ordinal = this.#take(digest, ordinal, numbers);
  }

  /** The ordinal of the request with this id; 0 where there is none. */
  find(id: string): number {
    if (id.length > longestId) return 0;
    const bytes = scratch.subarray(0, scratch.write(id));
    return this.#slots[this.#slotOf(bytes)] ?? 0;
  }

  idOf(ordinal: number): string {
    return this.#bytesOf(ordinal).toString('utf8');
  }

  modelOf(ordinal: number): string | null {
    return this.#models[this.#modelOf[ordinal] ?? 0] ?? null;
  }

  #take(digest: RequestDigest, before: number, numbers: Map<string, number>): number {
    this.offsets.set(digest.offsets, before + 1);
    this.lengths.set(digest.lengths, before + 1);
    const models = [0, ...digest.models.map((model) => this.#numberOf(model, numbers))];
    let ordinal = before;
    for (const [n, length] of digest.idLengths.entries()) {
      ordinal += 1;
      this.#idEnds[ordinal] = (this.#idEnds[ordinal - 1] ?? 0) + length;
      this.#modelOf[ordinal] = models[digest.modelOf[n] ?? 0] ?? 0;
      const slot = this.#slotOf(this.#bytesOf(ordinal));
      if (this.#slots[slot] === 0) this.#slots[slot] = ordinal;
    }
    return ordinal;
  }

  #numberOf(model: string, numbers: Map<string, number>): number {
    const known = numbers.get(model);
    if (known !== undefined) return known;
    numbers.set(model, this.#models.push(model) - 1);
    return this.#models.length - 1;
  }

  #bytesOf(ordinal: number): Buffer {
    return this.#ids.subarray(this.#idEnds[ordinal - 1] ?? 0, this.#idEnds[ordinal]);
  }

  /** Where the id stands or, where it does not, the free slot it would take. */
  #slotOf(id: Buffer): number {
    let hash = 0;
    for (let i = 0; i < id.length; i++) hash = (Math.imul(hash, this.#factor) + (id[i] ?? 0)) | 0;
    hash ^= hash >>> 15;
    const last = this.#slots.length - 1;
    for (let slot = Math.imul(hash, 0x9e3779b1) & last; ; slot = (slot + 1) & last) {
      const ordinal = this.#slots[slot] ?? 0;
      if (ordinal === 0 || this.#bytesOf(ordinal).equals(id)) return slot;
    }
  }
}
