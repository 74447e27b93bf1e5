export type Sha256 = {
  update(bytes: Uint8Array): void;
  /** Lower-case hexadecimal. Ends the hash. */
  digest(): string;
};

/** SHA-256 piece by piece (FIPS 180-4): `crypto.subtle` wants the whole file at once. */
export function createSha256(): Sha256 {
  const state = Int32Array.from(initial);
  const block = new Uint8Array(64);
  const words = new Int32Array(64);
  let filled = 0;
  let total = 0;

  return {
    update(bytes) {
      total += bytes.length;
      let at = 0;
      if (filled > 0) {
        at = Math.min(64 - filled, bytes.length);
        block.set(bytes.subarray(0, at), filled);
        filled += at;
        if (filled < 64) return;
        compress(state, words, block, 0);
        filled = 0;
      }
      for (; at + 64 <= bytes.length; at += 64) compress(state, words, bytes, at);
      block.set(bytes.subarray(at));
      filled = bytes.length - at;
    },
    digest() {
      const padded = new Uint8Array(filled < 56 ? 64 : 128);
      padded.set(block.subarray(0, filled));
      padded[filled] = 0x80;
      new DataView(padded.buffer).setBigUint64(padded.length - 8, BigInt(total) * 8n);
      for (let at = 0; at < padded.length; at += 64) compress(state, words, padded, at);
      return Array.from(state, (word) => (word >>> 0).toString(16).padStart(8, '0')).join('');
    },
  };
}

const primes = firstPrimes(64);
const initial = primes.slice(0, 8).map((prime) => fraction(Math.sqrt(prime)));
const constants = Int32Array.from(primes, (prime) => fraction(Math.cbrt(prime)));

function compress(state: Int32Array, w: Int32Array, bytes: Uint8Array, start: number): void {
  for (let i = 0, at = start; i < 16; i++, at += 4) {
    w[i] =
      (at4(bytes, at) << 24) | (at4(bytes, at + 1) << 16) | (at4(bytes, at + 2) << 8) | at4(bytes, at + 3);
  }
  for (let i = 16; i < 64; i++) {
    const x = of(w, i - 15);
    const y = of(w, i - 2);
    const s0 = ((x >>> 7) | (x << 25)) ^ ((x >>> 18) | (x << 14)) ^ (x >>> 3);
    const s1 = ((y >>> 17) | (y << 15)) ^ ((y >>> 19) | (y << 13)) ^ (y >>> 10);
    w[i] = (of(w, i - 16) + s0 + of(w, i - 7) + s1) | 0;
  }
  let a = of(state, 0);
  let b = of(state, 1);
  let c = of(state, 2);
  let d = of(state, 3);
  let e = of(state, 4);
  let f = of(state, 5);
  let g = of(state, 6);
  let h = of(state, 7);
  for (let i = 0; i < 64; i++) {
    const s1 = ((e >>> 6) | (e << 26)) ^ ((e >>> 11) | (e << 21)) ^ ((e >>> 25) | (e << 7));
    const t1 = (h + s1 + ((e & f) ^ (~e & g)) + of(constants, i) + of(w, i)) | 0;
    const s0 = ((a >>> 2) | (a << 30)) ^ ((a >>> 13) | (a << 19)) ^ ((a >>> 22) | (a << 10));
    const t2 = (s0 + ((a & b) ^ (a & c) ^ (b & c))) | 0;
    h = g;
    g = f;
    f = e;
    e = (d + t1) | 0;
    d = c;
    c = b;
    b = a;
    a = (t1 + t2) | 0;
  }
  const sums = [a, b, c, d, e, f, g, h];
  for (let i = 0; i < 8; i++) state[i] = (of(state, i) + (sums[i] ?? 0)) | 0;
}

function of(words: Int32Array, i: number): number {
  return words[i] as number;
}

function at4(bytes: Uint8Array, i: number): number {
  return bytes[i] as number;
}

/** The first 32 bits behind the point. */
function fraction(root: number): number {
  return ((root - Math.floor(root)) * 2 ** 32) | 0;
}

function firstPrimes(count: number): number[] {
  const found: number[] = [];
  for (let n = 2; found.length < count; n++) if (found.every((prime) => n % prime !== 0)) found.push(n);
  return found;
}
