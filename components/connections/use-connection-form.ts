import { type RefObject, useEffect, useRef, useState } from 'react';
import type { Connection } from '#lib/model/connection';
import type { Preset } from '#lib/model/preset';
import type { Draft } from './draft.ts';
import { type FieldProblems, problemsIn, problemsOf } from './draft-problems.ts';

export type FormHandle = {
  form: RefObject<HTMLFormElement | null>;
  draft: Draft;
  problems: FieldProblems;
  busy: boolean;
  change: (change: Partial<Draft>) => void;
  restart: (draft: Draft) => void;
  /** Looks first, then saves; what is wrong lands beside its field, which gets the focus. */
  submit: (preset: Preset, connection: Connection | null, save: () => Promise<void>) => Promise<void>;
};

export function useConnectionForm(first: Draft): FormHandle {
  const [draft, setDraft] = useState(first);
  const [problems, setProblems] = useState<FieldProblems>({});
  const [busy, setBusy] = useState(false);
  const form = useRef<HTMLFormElement>(null);
  useEffect(() => {
    const wrong =
      Object.keys(problems).length > 0 && form.current?.querySelector<HTMLElement>('[aria-invalid]');
    if (wrong) wrong.focus();
  }, [problems]);

  async function submit(preset: Preset, connection: Connection | null, save: () => Promise<void>) {
    if (busy) return;
    const found = problemsIn(draft, preset, connection);
    setProblems(found);
    if (Object.keys(found).length > 0) return;
    setBusy(true);
    try {
      await save();
    } catch (error) {
      setProblems(problemsOf(error));
      setBusy(false);
    }
  }

  return {
    form,
    draft,
    problems,
    busy,
    submit,
    change: (change) => setDraft((before) => ({ ...before, ...change })),
    restart: (next) => {
      setDraft(next);
      setProblems({});
    },
  };
}
