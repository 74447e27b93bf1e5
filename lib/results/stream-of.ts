import 'server-only';
import type { Ask } from './index-thread.ts';

type Piece = { bytes: Uint8Array; more: () => void };

/** The pieces a thread sends, each asked for when one before it has been taken. */
export async function* streamOf(ask: (how: Ask) => Promise<unknown>): AsyncGenerator<Uint8Array> {
  const pieces: Piece[] = [];
  const state: { over: boolean; failure: unknown; wake: () => void } = {
    over: false,
    failure: null,
    wake: () => {},
  };
  const left = new AbortController();
  const piece = (bytes: Uint8Array, more: () => void) => {
    pieces.push({ bytes, more });
    state.wake();
  };
  const end = (failure: unknown) => {
    state.over = true;
    state.failure = failure;
    state.wake();
  };
  ask({ signal: left.signal, piece }).then(() => end(null), end);
  try {
    for (;;) {
      const next = pieces.shift();
      if (next) {
        yield next.bytes;
        next.more();
      } else if (state.over) break;
      else
        await new Promise<void>((resolve) => {
          state.wake = resolve;
        });
    }
    if (state.failure) throw state.failure;
  } finally {
    if (!state.over) left.abort(new Error('Nobody reads this any more.'));
  }
}
