import type { Snippet } from '#lib/model/finding';
import type { Repair, RepairReport, RepairSample } from '#lib/model/repair';
import type { FreeIds } from './free-ids.ts';
import type { LineRules } from './line-rules.ts';
import { cutAround } from './line-text.ts';
import { type Step, stepFor } from './repair-steps.ts';
import type { Line } from './split-lines.ts';

/** A piece of the repaired file: bytes of the original, or others in their place. `bytes` is null where the original's were too long to be read. */
export type Piece = { from: number; to: number; bytes: Uint8Array | null; isNew: boolean };

export type Repairer = {
  /** Null where the line is left out. */
  line(line: Line): Piece | null;
  report(): RepairReport;
};

const samplesKept = 20;
const newline = Uint8Array.of(0x0a);

/** Runs the repairs over the lines of a file of `size` bytes. Lines that no repair touches keep their very bytes. */
export function createRepairer(
  repairs: Repair[],
  { rules, ids, size }: { rules: LineRules; ids: FreeIds; size: number },
): Repairer {
  const notes = new Map<string, { lines: number; last: number }>();
  let lines = 0;
  const note = (text: string) => {
    const known = notes.get(text) ?? { lines: 0, last: 0 };
    if (known.last !== lines) known.lines++;
    known.last = lines;
    notes.set(text, known);
  };
  const chain = repairs.map((repair) => counting(stepFor(repair, { rules, ids, note })));
  const endsLast = repairs.some(({ kind }) => kind === 'newlines');
  const samples: RepairSample[] = [];
  let changed = 0;
  let dropped = 0;

  return {
    line({ bytes, line, offset, length }) {
      lines++;
      let now: Uint8Array | null | 'untouched' = 'untouched';
      for (const step of chain) {
        const next = step(now === 'untouched' ? bytes : now);
        if (next !== 'untouched') now = next;
        if (now === null) break;
      }
      const end = offset + length;
      const isEnded = end < size;
      if (now === null) {
        dropped++;
        if (samples.length < samplesKept) samples.push(sample(line, bytes, null));
        return null;
      }
      const lacksEnd = !isEnded && endsLast;
      if (now === 'untouched' && !lacksEnd) {
        return { from: offset, to: isEnded ? end + 1 : end, bytes, isNew: false };
      }
      changed++;
      if (now !== 'untouched') {
        if (samples.length < samplesKept) samples.push(sample(line, bytes, now));
      }
      const body = now === 'untouched' ? bytes : now;
      return {
        from: offset,
        to: end,
        bytes: body && (isEnded || lacksEnd ? joined(body, newline) : body),
        isNew: true,
      };
    },
    report: () => ({
      lines,
      changed,
      dropped,
      samples,
      notes: [...notes].map(([text, { lines }]) => ({ text, lines })),
    }),
  };
}

/** Each step counts the lines that reach it. */
function counting(step: Step): (bytes: Uint8Array | null) => ReturnType<Step> {
  let line = 0;
  return (bytes) => step(bytes, ++line);
}

function joined(a: Uint8Array, b: Uint8Array): Uint8Array {
  const whole = new Uint8Array(a.length + b.length);
  whole.set(a);
  whole.set(b, a.length);
  return whole;
}

const lossy = new TextDecoder('utf-8', { ignoreBOM: true });

function sample(line: number, bytes: Uint8Array | null, after: Uint8Array | null): RepairSample {
  const old = lossy.decode(bytes ?? new Uint8Array());
  if (after === null) return { line, before: cutAround(old, 0, Math.min(old.length, 120)), after: null };
  const now = lossy.decode(after);
  const most = Math.min(old.length, now.length);
  let same = 0;
  while (same < most && old[same] === now[same]) same++;
  let tail = 0;
  while (tail < most - same && old[old.length - 1 - tail] === now[now.length - 1 - tail]) tail++;
  return {
    line,
    before: differing(old, same, old.length - tail),
    after: differing(now, same, now.length - tail),
  };
}

function differing(text: string, from: number, to: number): Snippet {
  return cutAround(text, from, Math.min(to, from + 120));
}
