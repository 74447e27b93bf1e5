import 'server-only';
import { Distinct } from './distinct.ts';
import type { RequestRun } from './request-digest.ts';

/** What is longer was never sent: an id has at most 256 bytes. */
const longestId = 1024;
const scratch = Buffer.allocUnsafe(4 * longestId);

/** The requests of a file by id, in some fifty bytes each; a Map of a million strings would take three times that. */
export class RequestTable {
  readonly count: number;
  /** Where each request stands, by ordinal, which counts from 1. */
  readonly offsets: Float64Array;
  readonly lengths: Uint32Array;
  readonly #models = new Distinct<string>();
  readonly #modelOf: Uint32Array;
  readonly #ids: Buffer;
  readonly #idEnds: Uint32Array;
  /** Ordinals at the place their id's hash names, or in the next free one behind it. */
  readonly #slots: Int32Array;
  /** Ids are chosen by strangers: not knowing this, nobody chooses many that meet in one slot. */
  readonly #factor = Math.floor(Math.random() * 2 ** 31) | 1;

  constructor(runs: RequestRun[]) {
    this.count = runs.reduce((sum, { lengths }) => sum + lengths.length, 0);
    this.offsets = new Float64Array(this.count + 1);
    this.lengths = new Uint32Array(this.count + 1);
    this.#modelOf = new Uint32Array(this.count + 1);
    this.#idEnds = new Uint32Array(this.count + 1);
    this.#ids = Buffer.concat(runs.map(({ ids }) => ids));
    this.#slots = new Int32Array(2 ** Math.ceil(Math.log2(2 * this.count + 2)));
    let ordinal = 0;
    for (const run of runs) ordinal = this.#take(run, ordinal);
  }

  /** The ordinal of the request with this id; 0 where there is none. */
  find(id: string): number {
    if (id.length > longestId) return 0;
    return this.#slots[this.#slotOf(scratch, 0, scratch.write(id))] ?? 0;
  }

  idOf(ordinal: number): string {
    return this.#ids.toString('utf8', this.#idEnds[ordinal - 1], this.#idEnds[ordinal]);
  }

  modelOf(ordinal: number): string | null {
    return this.#models.list[(this.#modelOf[ordinal] ?? 0) - 1] ?? null;
  }

  #take(run: RequestRun, before: number): number {
    this.offsets.set(run.offsets, before + 1);
    this.lengths.set(run.lengths, before + 1);
    const models = [0, ...run.models.map((model) => this.#models.numberOf(model, model))];
    let ordinal = before;
    for (const [n, length] of run.idLengths.entries()) {
      const start = this.#idEnds[ordinal] ?? 0;
      ordinal += 1;
      this.#idEnds[ordinal] = start + length;
      this.#modelOf[ordinal] = models[run.modelOf[n] ?? 0] ?? 0;
      const slot = this.#slotOf(this.#ids, start, start + length);
      if (this.#slots[slot] === 0) this.#slots[slot] = ordinal;
    }
    return ordinal;
  }

  /** Where an id stands or, where it does not, the free slot it would take. */
  #slotOf(bytes: Uint8Array, from: number, to: number): number {
    let hash = 0;
    for (let i = from; i < to; i++) hash = (Math.imul(hash, this.#factor) + (bytes[i] ?? 0)) | 0;
    hash ^= hash >>> 15;
    const last = this.#slots.length - 1;
    for (let slot = Math.imul(hash, 0x9e3779b1) & last; ; slot = (slot + 1) & last) {
      const ordinal = this.#slots[slot] ?? 0;
      if (ordinal === 0 || this.#has(ordinal, bytes, from, to)) return slot;
    }
  }

  #has(ordinal: number, bytes: Uint8Array, from: number, to: number): boolean {
    const start = this.#idEnds[ordinal - 1] ?? 0;
    if ((this.#idEnds[ordinal] ?? 0) - start !== to - from) return false;
    for (let i = from; i < to; i++) if (this.#ids[start + i - from] !== bytes[i]) return false;
    return true;
  }
}
