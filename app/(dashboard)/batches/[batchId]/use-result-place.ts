'use client';
import { usePathname } from 'next/navigation';
import { startTransition, useCallback, useLayoutEffect, useOptimistic, useRef } from 'react';
import { paths } from '#lib/paths';

/**
 * Which result stands in place of the batch, or null: what the address says, and at once what it will say. The address
 * is that of the result's own page, which answers a reload and everybody it is sent to.
 */
export function useResultPlace(batchId: string): [number | null, (href: string) => void] {
  const [ordinal, expect] = useOptimistic(ordinalIn(usePathname(), batchId));
  const left = useRef<{ scroll: number; focus: Element | null } | null>(null);
  const go = useCallback(
    (href: string) => {
      left.current ??= { scroll: window.scrollY, focus: document.activeElement };
      startTransition(() => {
        expect(ordinalIn(new URL(href, window.location.href).pathname, batchId));
        window.history.pushState(null, '', href);
      });
    },
    [batchId, expect],
  );
  // Back at the batch one is where one was.
  useLayoutEffect(() => {
    if (ordinal !== null || !left.current) return;
    window.scrollTo(0, left.current.scroll);
    if (left.current.focus instanceof HTMLElement) left.current.focus.focus({ preventScroll: true });
    left.current = null;
  }, [ordinal]);
  return [ordinal, go];
}

function ordinalIn(path: string, batchId: string): number | null {
  const before = paths.result(batchId, 0).slice(0, -1);
  const rest = path.startsWith(before) ? path.slice(before.length) : '';
  return /^[1-9]\d{0,9}$/.test(rest) ? Number(rest) : null;
}
