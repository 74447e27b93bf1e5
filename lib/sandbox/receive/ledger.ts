import 'server-only';
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { crc32 } from 'node:zlib';
import { type Contents, upTo } from '#lib/sandbox/batch';
import { type Course, together } from '#lib/sandbox/course';
import type { Fate, Model } from '#lib/sandbox/models/reply';

export const fates = ['answered', 'failed', 'expired', 'silent'] as const satisfies Fate[];

/** What is written down of each request while it is read: where it stands and what will become of it. */
export function createLedger() {
  const offsets: number[] = [];
  const lots: number[] = [];
  let course: Course | null = null;
  let mark = 0;
  let bytes = 0;
  return {
    get requests() {
      return lots.length;
    },
    add(line: Uint8Array, offset: number, model: Model, fate: Fate) {
      offsets.push(offset);
      lots.push(fates.indexOf(fate));
      course = course && course !== model.course ? together(course, model.course) : model.course;
      mark = crc32(line, mark);
      bytes += line.length;
    },
    /** `end` is where the last line ends. */
    write(folder: string, end: number): Contents {
      const positions = Float64Array.from([...offsets, end]);
      writeFileSync(path.join(folder, 'offsets.bin'), new Uint8Array(positions.buffer), { flush: true });
      writeFileSync(path.join(folder, 'fates.bin'), Uint8Array.from(lots), { flush: true });
      if (!course) throw new Error('A batch without requests has no course.');
      return {
        bytes: end,
        requests: lots.length,
        mark: `${mark.toString(16)}-${bytes}-${lots.length}`,
        course,
        failed: byPercent(lots, 'failed'),
        expired: byPercent(lots, 'expired'),
        silent: byPercent(lots, 'silent'),
      };
    },
  };
}

function byPercent(lots: number[], fate: Fate): number[] {
  const wanted = fates.indexOf(fate);
  let seen = 0;
  let at = 0;
  return Array.from({ length: 101 }, (_, percent) => {
    for (const end = upTo(percent, lots.length); at < end; at++) if (lots[at] === wanted) seen++;
    return seen;
  });
}
