'use client';
import { createContext, type ReactNode, use, useSyncExternalStore } from 'react';
import { type Format, plainFormat } from '#lib/format';

const FormatContext = createContext<{ format: Format; renderedAt: number }>({
  format: plainFormat,
  renderedAt: 0,
});

export function FormatProvider({
  format,
  renderedAt,
  children,
}: {
  format: Format;
  renderedAt: number;
  children: ReactNode;
}) {
  return <FormatContext value={{ format, renderedAt }}>{children}</FormatContext>;
}

export function useFormat(): Format {
  return use(FormatContext).format;
}

const listeners = new Set<() => void>();
let tick = Date.now();
let timer: ReturnType<typeof setInterval> | undefined;

/** One clock for the whole page, to the second. While hydrating it says what the server said. */
export function useNow(): number {
  const { renderedAt } = use(FormatContext);
  return useSyncExternalStore(
    subscribe,
    () => tick,
    () => renderedAt,
  );
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  if (!timer) {
    tick = Date.now();
    timer = setInterval(advance, 1_000);
  }
  return () => {
    listeners.delete(listener);
    if (listeners.size > 0) return;
    clearInterval(timer);
    timer = undefined;
  };
}

function advance(): void {
  if (document.hidden) return;
  tick = Date.now();
  for (const listener of listeners) listener();
}
