import 'server-only';
import type { Compared } from '#lib/results/compare-orders';
import type { Slices } from '#lib/results/take-orders';
import { namesOf } from './read-names.ts';
import type { Side } from './side.ts';

const slice = 20_000;

/** Who stands beside whom by custom_id: both sides are walked once in the order of their ids. */
export function* align(first: Side, second: Side): Slices<Pick<Compared, 'theirs' | 'strangers'>> {
  const theirs = new Uint32Array(first.view.total + 1);
  const alone = second.has.slice();
  const [here, there] = [namesOf(first.view), namesOf(second.view)];
  try {
    let [one, other] = [here.next(), there.next()];
    for (let n = 1; !one.done && !other.done; n++) {
      if (n % slice === 0) yield undefined;
      const [[id, ordinal], [otherId, otherOrdinal]] = [one.value, other.value];
      const order = inByteOrder(id, otherId);
      if (order === 0 && first.has[ordinal] === 1 && second.has[otherOrdinal] === 1) {
        theirs[ordinal] = otherOrdinal;
        alone[otherOrdinal] = 0;
      }
      if (order <= 0) one = here.next();
      if (order >= 0) other = there.next();
    }
  } finally {
    here.return(undefined);
    there.return(undefined);
  }
  return { theirs, strangers: placesOfOnes(alone) };
}

/** As the bytes of both in UTF-8 stand to each other, which is how an index sorts them. */
export function inByteOrder(one: string, other: string): number {
  if (one === other) return 0;
  const length = Math.min(one.length, other.length);
  for (let at = 0; at < length; at++) {
    const [a, b] = [one.charCodeAt(at), other.charCodeAt(at)];
    if (a !== b) return rank(a) - rank(b);
  }
  return one.length - other.length;
}

/** Halves of a pair stand for what comes after all single units. */
function rank(unit: number): number {
  if (unit < 0xd800) return unit;
  return unit < 0xe000 ? unit + 0x2000 : unit - 0x800;
}

function placesOfOnes(marks: Uint8Array): Uint32Array {
  const places = new Uint32Array(marks.reduce((sum, mark) => sum + mark, 0));
  let n = 0;
  for (const [at, mark] of marks.entries()) {
    if (mark === 0) continue;
    places[n] = at;
    n += 1;
  }
  return places;
}
