import 'server-only';
import { Refusal } from '#lib/errors';

export type Pace = { windowMs: number; minBytes: number };

/** A client must send this much in each window, or it is cut: it holds a place others could use. */
export const uploadPace: Pace = { windowMs: 30_000, minBytes: 4_096 };

export async function* withPace(
  source: AsyncIterable<Uint8Array>,
  { windowMs, minBytes }: Pace,
): AsyncGenerator<Uint8Array> {
  const chunks = source[Symbol.asyncIterator]();
  let left = windowMs;
  let bytes = 0;
  let done = false;
  try {
    for (;;) {
      const asked = performance.now();
      const next = await within(left, chunks.next());
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

/** Only waiting for the client counts; what we do with a chunk ourselves is not its fault. */
function within<T>(ms: number, waiting: Promise<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(
      () => reject(new Refusal('timeout', 'The upload came too slowly and was stopped. Send it again.')),
      Math.max(0, ms),
    );
    waiting.then(resolve, reject).finally(() => clearTimeout(timer));
  });
}
