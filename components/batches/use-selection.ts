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

type Kept = { of: string; selection: Selection; last: string | null };

/** Starts anew whenever the list is narrowed otherwise: what one no longer sees is not changed by accident. */
export function useSelection(rows: readonly { id: string }[], of: string): Selecting {
  const fresh = { of, selection: nothing, last: null };
  const [kept, keep] = useState<Kept>(fresh);
  const { selection } = kept.of === of ? kept : fresh;

  return {
    selection,
    has: (id) => isIn(selection, id),
    toggle: (id, range = false) =>
      keep((before) => toggled(before.of === of ? before : fresh, rows, id, range)),
    takeAll: () => keep({ ...fresh, selection: { all: true, ids: new Set() } }),
    clear: () => keep(fresh),
  };
}

function isIn(selection: Selection, id: string): boolean {
  return selection.all || selection.ids.has(id);
}

function toggled(kept: Kept, rows: readonly { id: string }[], id: string, range: boolean): Kept {
  const { selection, last } = kept;
  const ids = new Set(selection.all ? rows.map((row) => row.id) : selection.ids);
  const on = !isIn(selection, id);
  for (const each of range ? between(rows, last, id) : [id]) {
    if (on) ids.add(each);
    else ids.delete(each);
  }
  return { ...kept, selection: { all: false, ids }, last: id };
}

function between(rows: readonly { id: string }[], from: string | null, to: string): string[] {
  const ends = [from, to].map((id) => rows.findIndex((row) => row.id === id));
  if (ends.includes(-1)) return [to];
  return rows.slice(Math.min(...ends), Math.max(...ends) + 1).map(({ id }) => id);
}
