'use client';
import { useState } from 'react';

/** Some rows by name, or all that the filter finds, seen or not. */
export type Selection = { all: boolean; ids: ReadonlySet<string> };
const nothing: Selection = { all: false, ids: new Set() };

export type Selecting = {
  selection: Selection;
  has: (id: string) => boolean;
  /** With `range` everything between the last one and this one follows it. */
  toggle: (id: string, range?: boolean) => void;
  takeAll: () => void;
  clear: () => void;
};

/** Starts anew whenever the list is narrowed otherwise: what one no longer sees is not changed by accident. */
export function useSelection(rows: readonly { id: string }[], of: string): Selecting {
  const [kept, keep] = useState({ of, selection: nothing, last: null as string | null });
  const { selection, last } = kept.of === of ? kept : { selection: nothing, last: null };
  const has = (id: string) => selection.all || selection.ids.has(id);

  function toggle(id: string, range = false) {
    const ids = new Set(selection.all ? rows.map((row) => row.id) : selection.ids);
    const on = !has(id);
    for (const each of range ? between(rows, last, id) : [id]) {
      if (on) ids.add(each);
      else ids.delete(each);
    }
    keep({ of, selection: { all: false, ids }, last: id });
  }

  return {
    selection,
    has,
    toggle,
    takeAll: () => keep({ of, selection: { all: true, ids: new Set() }, last: null }),
    clear: () => keep({ of, selection: nothing, last: null }),
  };
}

function between(rows: readonly { id: string }[], from: string | null, to: string): string[] {
  const ends = [from, to].map((id) => rows.findIndex((row) => row.id === id));
  if (ends.includes(-1)) return [to];
  return rows.slice(Math.min(...ends), Math.max(...ends) + 1).map(({ id }) => id);
}
