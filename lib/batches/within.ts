import 'server-only';
import { type ProviderFetch, ProviderTrouble } from '#lib/providers/provider';

/** How long a call may take to its answer, however it spends that time; a create is given it anew with each line that leaves. */
export const deadlines = { askMs: 60_000, listMs: 300_000, createMs: 240_000 };

/** What is read through `watched` counts as a sign of life. */
type Bounded = { fetch: ProviderFetch; watched: <C>(source: AsyncIterable<C>) => AsyncIterable<C> };

/** What hangs at one provider is cut off and gives its place back. */
export async function within<T>(
  ms: number,
  fetch: ProviderFetch,
  call: (bounded: Bounded) => Promise<T>,
): Promise<T> {
  const cut = new AbortController();
  const late = Promise.withResolvers<never>();
  const timer = setTimeout(() => {
    late.reject(new ProviderTrouble('The provider did not answer in time.'));
    cut.abort();
  }, ms);
  const bounded: ProviderFetch = (path, init) => {
    const signal = init.signal ? AbortSignal.any([init.signal, cut.signal]) : cut.signal;
    return fetch(path, { ...init, signal });
  };
  async function* watched<C>(source: AsyncIterable<C>): AsyncGenerator<C> {
    for await (const chunk of source) {
      timer.refresh();
      yield chunk;
    }
  }
  try {
    return await Promise.race([call({ fetch: bounded, watched }), late.promise]);
  } finally {
    clearTimeout(timer);
  }
}
