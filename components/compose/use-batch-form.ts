'use client';
import { useCallback, useState } from 'react';
import type { BatchForm } from '#lib/model/request-form/form';
import type { Open } from '#lib/model/request-form/standing';

type State = {
  form: BatchForm;
  open: Open;
  /** Another stamp, another editor: what it shows was changed from outside. */
  stamp: number;
  /** Where the new editor begins: the key of a parameter, or `custom_id`. */
  focus: string | null;
  /** A request that was only just added, of which nobody expects that it is finished. */
  fresh: string | null;
};

export type FormChange = (form: BatchForm) => BatchForm;
type Then = { open?: Open; focus?: string | null; fresh?: string | null };
export type BatchFormState = ReturnType<typeof useBatchForm>;

/** The requests of the form and which of them the one editor is open on. */
export function useBatchForm(start: () => BatchForm, isNew: boolean) {
  const [state, setState] = useState<State>(() => {
    const form = start();
    const open = stillThere(form, []);
    const fresh = isNew && open !== 'defaults' ? (open[0] ?? null) : null;
    return { form, open, stamp: 0, focus: null, fresh };
  });

  /** By the editor itself, which shows it already. */
  const edit = useCallback((change: FormChange) => {
    setState((before) => ({ ...before, form: change(before.form) }));
  }, []);

  /** From outside the editor. */
  const replace = useCallback((change: FormChange, then: Then = {}) => {
    setState((before) => {
      const form = change(before.form);
      const open = stillThere(form, then.open ?? before.open);
      const fresh = then.fresh ?? (open === before.open ? before.fresh : null);
      return { form, open, stamp: before.stamp + 1, focus: then.focus ?? null, fresh };
    });
  }, []);

  const show = useCallback(
    (open: Open, focus: string | null = null) => replace((form) => form, { open, focus }),
    [replace],
  );

  return { ...state, edit, replace, show };
}

/** Never open on nothing: where all of it is gone, on what is there. */
function stillThere(form: BatchForm, open: Open): Open {
  if (open === 'defaults') return open;
  const left = open.filter((id) => form.requests.some((request) => request.id === id));
  if (left.length === open.length && left.length > 0) return open;
  if (left.length > 0) return left;
  const [first] = form.requests;
  return first ? [first.id] : 'defaults';
}
