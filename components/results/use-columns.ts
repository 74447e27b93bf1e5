'use client';
import { useCallback, useMemo, useSyncExternalStore } from 'react';
import { useUrlParam } from '#components/shell/use-url-param';
import { type ColumnChange, columnsIn, isField, type ShownColumn, wordOf } from './column-layout.ts';

const kept = 'batchdeck-columns';

/** What the address says; else what this person last chose, but for fields: another batch has others, and a link tells none. */
export function useColumns(choosable: boolean): [ShownColumn[], (change: ColumnChange) => void] {
  const [word, setWord] = useUrlParam('columns');
  const last = useSyncExternalStore(subscribe, lastWord, () => null);
  const columns = useMemo(() => {
    if (choosable) return columnsIn(word ?? last);
    return columnsIn(word).filter(({ id }) => !isField(id));
  }, [word, last, choosable]);
  const change = useCallback(
    (change: ColumnChange) => {
      const now = new URLSearchParams(window.location.search).get('columns');
      const next = change(columnsIn(now ?? lastWord()));
      keep(wordOf(next.filter(({ id }) => !isField(id))));
      setWord(wordOf(next));
    },
    [setWord],
  );
  return [columns, change];
}

const listeners = new Set<() => void>();

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** A browser may refuse to keep anything; then only the address does. */
function lastWord(): string | null {
  try {
    return localStorage.getItem(kept);
  } catch {
    return null;
  }
}

function keep(word: string | null): void {
  try {
    if (word === null) localStorage.removeItem(kept);
    else localStorage.setItem(kept, word);
  } catch {
    return;
  }
  for (const listener of listeners) listener();
}
