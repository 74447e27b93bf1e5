import 'server-only';
import type { IndexFiles } from '#lib/results/index-orders';
import { isSliced, type Slices } from '#lib/results/take-orders';
import { openView, stampOf, type View } from './open-view.ts';

type Kept = { view: View; users: number; leaves: boolean };

const mostOpen = 4;
/** By what tells one index from another, also from one that took its place under the same name. */
const kept = new Map<string, Kept>();

/** Work on an index that is opened once for many orders, and stays open until each of them has ended. */
export function inView<O extends { files: IndexFiles }, A>(
  work: (view: View, order: O) => A | Slices<A>,
): (order: O) => Slices<A> {
  return function* (order) {
    const held = hold(order.files);
    try {
      const made = work(held.view, order);
      return isSliced(made) ? yield* made : made;
    } finally {
      held.users -= 1;
      if (held.leaves && held.users === 0) held.view.close();
    }
  };
}

function hold(files: IndexFiles): Kept {
  const stamp = stampOf(files);
  const held = kept.get(stamp) ?? { view: openView(files), users: 0, leaves: false };
  held.users += 1;
  kept.delete(stamp);
  kept.set(stamp, held);
  for (const [oldest, leaving] of kept) {
    if (kept.size <= mostOpen) break;
    kept.delete(oldest);
    leaving.leaves = true;
    if (leaving.users === 0) leaving.view.close();
  }
  return held;
}
