import 'server-only';
import { hash } from 'node:crypto';
import { comparable } from '#lib/model/comparable';
import type { SideAnswer } from '#lib/model/comparison';
import { outcomes } from '#lib/model/result';
import type { Marked, MarksOrder, SaidOrder } from '#lib/results/compare-orders';
import type { Slices } from '#lib/results/take-orders';
import { OpenFiles } from './open-files.ts';
import type { View } from './open-view.ts';
import { sideOf } from './side.ts';

const succeeded = outcomes.indexOf('succeeded');
const decoder = new TextDecoder();

/** What every answer says, as a number that is the same for the same words; odd where it is JSON. */
export function* markAnswers(view: View, { attempt, segments }: MarksOrder): Slices<Marked> {
  const side = sideOf(view, attempt);
  const outcome = side.column('outcome');
  const segment = side.column('segment');
  const [offsets, lengths] = [side.column('outOffset'), side.column('outLength')];
  const marks = new Float64Array(view.total + 1);
  const characters = new Float64Array(view.total + 1);
  const files = new OpenFiles();
  try {
    for (let ordinal = 1; ordinal <= view.total; ordinal++) {
      // After each of them: an answer may be many megabytes.
      yield undefined;
      const file = segments[(segment[ordinal] ?? 0) - 1];
      if (side.has[ordinal] === 0 || outcome[ordinal] !== succeeded || file === undefined) continue;
      const place = { offset: offsets[ordinal] ?? 0, length: lengths[ordinal] ?? 0 };
      const { text, isJson } = saidIn(decoder.decode(files.read(file, place)));
      marks[ordinal] = markOf(text, isJson);
      characters[ordinal] = text.length;
    }
  } finally {
    files.close();
  }
  return { marks, characters };
}

/** So much of a line is read and parsed; what is longer is shown as it came. */
const mostBytes = 8 * 1024 * 1024;
const mostCharacters = 256 * 1024;

export function readSaid({ file, place: { offset, length } }: SaidOrder): SideAnswer {
  const files = new OpenFiles();
  try {
    const bytes = files.read(file, { offset, length: Math.min(length, mostBytes) });
    const { text, isJson } = saidIn(decoder.decode(bytes), 2);
    const cut = text.length > mostCharacters || length > mostBytes;
    return { text: text.slice(0, mostCharacters).toWellFormed(), isJson, characters: text.length, cut };
  } finally {
    files.close();
  }
}

export function saidIn(line: string, indent?: number): ReturnType<typeof comparable> {
  try {
    return comparable(JSON.parse(line), indent);
  } catch {
    return { text: line, isJson: false };
  }
}

/** Never 0, and whole in a double. */
function markOf(text: string, isJson: boolean): number {
  const digest = hash('sha256', text, 'buffer');
  return 2 * (digest.readUIntBE(0, 6) + 1) + Number(isJson);
}
