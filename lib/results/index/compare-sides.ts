import 'server-only';
import { type Change, changes } from '#lib/model/comparison';
import { outcomes } from '#lib/model/result';
import type { Compared, CompareOrder, Marked, SideSums } from '#lib/results/compare-orders';
import type { Slices } from '#lib/results/take-orders';
import { align } from './align.ts';
import { inView } from './in-view.ts';
import type { View } from './open-view.ts';
import { type Side, sideOf } from './side.ts';

const succeeded = outcomes.indexOf('succeeded');
const codeOf = (change: Change) => changes.indexOf(change) + 1;

/** Holds two sides against each other, request by request. Both indexes stay open meanwhile. */
export function* compareSides(view: View, order: CompareOrder): Slices<Compared> {
  const first = { ...sideOf(view, order.attempt), marks: order.marks, characters: order.characters };
  return yield* inView(function* (other: View, { attempt, marks, characters }: CompareOrder['second']) {
    const second = { ...sideOf(other, attempt), marks, characters };
    const { theirs, strangers } = yield* align(first, second);
    const made = new Uint8Array(first.has.length + strangers.length).fill(codeOf('onlySecond'));
    const sums = [emptySums(first), emptySums(second)] as const;
    let byValue = 0;
    for (let ordinal = 0; ordinal < first.has.length; ordinal++) {
      const their = theirs[ordinal] ?? 0;
      made[ordinal] = first.has[ordinal] === 0 ? 0 : their === 0 ? codeOf('onlyFirst') : 0;
      if (their === 0) continue;
      made[ordinal] = codeOf(changeOf(first, ordinal, second, their));
      if (isJson(first, ordinal) && isJson(second, their)) byValue += 1;
      sums[0].add(ordinal);
      sums[1].add(their);
    }
    const [one, two] = sums;
    return {
      theirs,
      strangers,
      changes: made,
      counts: countsIn(made),
      byValue,
      first: one.end(),
      second: two.end(),
    };
  })(order.second);
}

function changeOf(first: Side & Marked, ordinal: number, second: Side & Marked, their: number): Change {
  const outcome = first.column('outcome')[ordinal];
  if (outcome !== second.column('outcome')[their]) return 'outcome';
  if (outcome !== succeeded) return 'unanswered';
  return first.marks[ordinal] === second.marks[their] ? 'same' : 'changed';
}

function isJson({ marks }: Marked, ordinal: number): boolean {
  return (marks[ordinal] ?? 0) % 2 === 1;
}

function countsIn(made: Uint8Array): Record<Change, number> {
  const counts = new Uint32Array(changes.length + 1);
  for (const code of made) counts[code] = (counts[code] ?? 0) + 1;
  return Object.fromEntries(changes.map((change) => [change, counts[codeOf(change)] ?? 0])) as Record<
    Change,
    number
  >;
}

const summed = ['input', 'output', 'cost'] as const;

/** What the requests that both sides have come to. Columns count from 1; 0 is unknown. */
function emptySums(side: Side & Marked): { add(ordinal: number): void; end(): SideSums } {
  const outcome = side.column('outcome');
  const cost = side.column('cost');
  const columns = summed.map((name) => side.column(name));
  const sums = summed.map((): number | null => null);
  const endings = outcomes.map(() => 0);
  let [characters, unpriced] = [0, 0];
  return {
    add(ordinal) {
      const code = outcome[ordinal] ?? 0;
      endings[code] = (endings[code] ?? 0) + 1;
      characters += side.characters[ordinal] ?? 0;
      if (code === succeeded && cost[ordinal] === 0) unpriced += 1;
      for (const [n, column] of columns.entries()) {
        const value = column[ordinal] ?? 0;
        if (value > 0) sums[n] = (sums[n] ?? 0) + value - 1;
      }
    },
    end() {
      const [input = null, output = null, costNano = null] = sums;
      const named = outcomes.flatMap((name, n) => (endings[n] ? [[name, endings[n]]] : []));
      return { outcomes: Object.fromEntries(named), input, output, costNano, unpriced, characters };
    },
  };
}
