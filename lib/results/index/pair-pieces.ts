import 'server-only';
import { type Change, changes } from '#lib/model/comparison';
import { answerOf, answerText } from '#lib/model/conversation';
import type { MarksOrder, PairsOrder } from '#lib/results/compare-orders';
import { csvRow } from '#lib/results/csv';
import type { IndexedRow } from '#lib/results/index-orders';
import type { Slices } from '#lib/results/take-orders';
import { cut } from './csv-pieces.ts';
import { inView } from './in-view.ts';
import { OpenFiles } from './open-files.ts';
import type { View } from './open-view.ts';
import { sideRows } from './side-rows.ts';

const pieceCharacters = 256 * 1024;
const atOnce = 200;
const decoder = new TextDecoder();

type Side = { row: IndexedRow; answer: string | null };
type Pair = { customId: string; change: Change; first: Side | null; second: Side | null };

/** The pairs that are meant, as a file: both sides of a request in one line. */
export function* pairPieces(view: View, order: PairsOrder): Slices<null> {
  return yield* inView(function* (other: View) {
    const encoder = new TextEncoder();
    const form = forms[order.name];
    const files = new OpenFiles();
    try {
      let text = form.head;
      for (const pair of pairsIn(view, other, files, order)) {
        text += form.line(pair);
        if (text.length < pieceCharacters) continue;
        yield encoder.encode(text);
        text = '';
      }
      yield encoder.encode(text);
    } finally {
      files.close();
    }
    return null;
  })(order.second);
}

function* pairsIn(view: View, other: View, files: OpenFiles, order: PairsOrder): Generator<Pair> {
  const { pairs, changes: codes, second } = order;
  for (let at = 0; at < pairs.length / 2; at += atOnce) {
    const some = Array.from({ length: Math.min(atOnce, pairs.length / 2 - at) }, (_, n) => at + n);
    const here = some.map((n) => pairs[2 * n] ?? 0);
    const there = some.map((n) => pairs[2 * n + 1] ?? 0);
    const [firsts, seconds] = [rowsIn(view, order, here), rowsIn(other, second, there)];
    for (const n of some) {
      const first = firsts.get(pairs[2 * n] ?? 0) ?? null;
      const theirs = seconds.get(pairs[2 * n + 1] ?? 0) ?? null;
      yield {
        customId: (first ?? theirs)?.customId ?? '',
        change: changes[(codes[n] ?? 0) - 1] ?? 'same',
        // Answers may be long: those of one pair at a time are in memory.
        first: first && { row: first, answer: answerIn(first, files, order.segments) },
        second: theirs && { row: theirs, answer: answerIn(theirs, files, second.segments) },
      };
    }
  }
}

function rowsIn(view: View, { attempt }: MarksOrder, ordinals: number[]): Map<number, IndexedRow> {
  return new Map(sideRows(view, attempt, ordinals.filter(Boolean)).map((row) => [row.ordinal, row]));
}

function answerIn({ outcome, output }: IndexedRow, files: OpenFiles, segments: string[]): string | null {
  if (outcome !== 'succeeded' || output === null) return null;
  const line = decoder.decode(files.read(segments[output.segment] ?? '', output));
  try {
    return answerText(answerOf(JSON.parse(line)));
  } catch {
    return line;
  }
}

function factsOf({ row, answer }: Side) {
  return {
    outcome: row.outcome,
    attempt: row.attempt,
    model: row.model,
    finish_reason: row.finishReason,
    input_tokens: row.usage?.input ?? null,
    output_tokens: row.usage?.output ?? null,
    cost: row.cost,
    error: row.errorMessage ?? row.errorCode,
    answer,
  };
}
const facts = [
  'outcome',
  'attempt',
  'model',
  'finish_reason',
  'input_tokens',
  'output_tokens',
  'cost',
  'error',
  'answer',
] as const;

const csvColumns = facts.flatMap((name) => [`first_${name}`, `second_${name}`]);

const forms: Record<PairsOrder['name'], { head: string; line(pair: Pair): string }> = {
  'pairs.csv': {
    // Spreadsheets read UTF-8 only behind a byte order mark.
    head: `\uFEFF${['custom_id', 'change', ...csvColumns].join(',')}\r\n`,
    line({ customId, change, first, second }) {
      const sides = [first && factsOf(first), second && factsOf(second)];
      const cells = facts.flatMap((name) => sides.map((side) => side?.[name] ?? null));
      return csvRow([
        customId,
        change,
        ...cells.map((cell) => (typeof cell === 'string' ? cut(cell) : cell)),
      ]);
    },
  },
  'pairs.jsonl': {
    head: '',
    line: ({ customId, change, first, second }) =>
      `${JSON.stringify({
        custom_id: customId,
        change,
        first: first && factsOf(first),
        second: second && factsOf(second),
      })}\n`,
  },
};
