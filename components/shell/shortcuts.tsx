'use client';
import { useRouter } from 'next/navigation';
import { lazy, Suspense, useCallback, useEffect, useState } from 'react';
import { paths } from '#lib/paths';

/** Loaded when it is first asked for. */
const Palette = lazy(async () => ({ default: (await import('./palette.tsx')).Palette }));

export const shortcutHelp: { keys: string[]; what: string }[] = [
  { keys: ['⌘ K'], what: 'Find anything' },
  { keys: ['C'], what: 'New batch' },
  { keys: ['G', 'B'], what: 'Go to batches' },
  { keys: ['G', 'F'], what: 'Go to files' },
  { keys: ['G', 'C'], what: 'Go to connections' },
  { keys: ['G', 'S'], what: 'Go to settings' },
  { keys: ['/'], what: 'Search on this page' },
  { keys: ['J'], what: 'Next row' },
  { keys: ['K'], what: 'Previous row' },
  { keys: ['X'], what: 'Select the row' },
  { keys: ['Enter'], what: 'Open the row' },
  { keys: ['Esc'], what: 'Close what is open' },
  { keys: ['?'], what: 'This help' },
];

const places: Record<string, string> = {
  b: paths.batches,
  f: paths.files,
  c: paths.connections,
  s: paths.settings,
};

/** Keys that work everywhere in the shell, and never while somebody types or answers a dialog. */
export function Shortcuts({ onHelp }: { onHelp: () => void }) {
  const router = useRouter();
  const [finding, setFinding] = useState(false);
  const stopFinding = useCallback(() => setFinding(false), []);
  useEffect(() => {
    function onKeyDown(event: KeyboardEvent) {
      if (!(event.ctrlKey || event.metaKey) || event.key.toLowerCase() !== 'k') return;
      if (document.querySelector('dialog[open]:not([aria-label="Command palette"])')) return;
      event.preventDefault();
      setFinding((open) => !open);
    }
    document.addEventListener('keydown', onKeyDown);
    return () => document.removeEventListener('keydown', onKeyDown);
  }, []);
  useEffect(() => {
    let wentAt = 0;
    function onKeyDown(event: KeyboardEvent) {
      if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || isBusy(event)) return;
      const key = event.key.toLowerCase();
      const place = Date.now() - wentAt < 1_200 ? places[key] : undefined;
      wentAt = key === 'g' ? Date.now() : 0;
      if (place) router.push(place);
      else if (key === 'c') router.push(paths.newBatch);
      else if (key === '?') onHelp();
      else if (key === '/') document.querySelector<HTMLElement>('main input[type="search"]')?.focus();
      else return;
      event.preventDefault();
    }
    document.addEventListener('keydown', onKeyDown);
    return () => document.removeEventListener('keydown', onKeyDown);
  }, [router, onHelp]);
  return finding ? (
    <Suspense>
      <Palette onClose={stopFinding} />
    </Suspense>
  ) : null;
}

function isBusy(event: KeyboardEvent): boolean {
  if (document.querySelector('dialog[open], [role="menu"]:popover-open')) return true;
  return (
    event.target instanceof Element &&
    event.target.closest('input, textarea, select, [contenteditable]') !== null
  );
}
