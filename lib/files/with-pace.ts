import 'server-only';
import { Refusal } from '#lib/errors';

export type Pace = { windowMs: number; minBytes: number; late?: () => Error };

/** A sender must bring this much in each window, or it is cut: it holds a place others could use. */
export const uploadPace: Pace = { windowMs: 30_000, minBytes: 4_096 };

export async function* withPace(
  source: AsyncIterable<Uint8Array>,
  { windowMs, minBytes, late = uploadLate }: Pace,
): AsyncGenerator<Uint8Array> {
  const chunks = source[Symbol.asyncIterator]();
  let left = windowMs;
  let bytes = 0;
  let done = false;
  try {
    for (;;) {
      const asked = performance.now();
      const next = await within(left, chunks.next(), late);
      if (next.done) {
        done = true;
        return;
      }
      left -= performance.now() - asked;
      bytes += next.value.length;
      if (bytes >= minBytes) {
        left = windowMs;
        bytes = 0;
      }
      yield next.value;
    }
  } finally {
    // Not awaited: an idle source answers this no sooner than the chunk it owes.
    if (!done) chunks.return?.().catch(() => {});
  }
}

function uploadLate(): Error {
  return new Refusal('timeout', 'The upload came too slowly and was stopped. Send it again.');
}

/** Only waiting for the other side counts; what we do with a chunk ourselves is not its fault. */
function within<T>(ms: number, waiting: Promise<T>, late: () => Error): Promise<T> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(late()), Math.max(0, ms));
    waiting.then(resolve, reject).finally(() => clearTimeout(timer));
  });
}
