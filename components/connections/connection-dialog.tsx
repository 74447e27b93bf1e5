'use client';
import { useRouter } from 'next/navigation';
import { useEffect, useId, useRef, useState } from 'react';
import { Band } from '#components/ui/band';
import { Button } from '#components/ui/button';
import { Dialog } from '#components/ui/dialog';
import { useToast } from '#components/ui/toast';
import { ApiError } from '#lib/api-client';
import type { Connection } from '#lib/model/connection';
import { type Preset, presetNamed, presets } from '#lib/model/preset';
import {
  changesOf,
  type Draft,
  draftFromConnection,
  draftFromPreset,
  needsKeyAgain,
} from './connection-fields.ts';
import { ConnectionForm, type FieldProblems } from './connection-form.tsx';
import { PresetChoice } from './preset-choice.tsx';
import { addConnection, changeConnection } from './queries.ts';

type Props = { open: boolean; connection: Connection | null; taken: string[]; onClose: () => void };

/** Adds a connection, or edits the one it is given. */
export function ConnectionDialog({ open, ...rest }: Props) {
  return open ? <OpenDialog key={rest.connection?.id ?? 'new'} {...rest} /> : null;
}

function OpenDialog({ connection, taken, onClose }: Omit<Props, 'open'>) {
  const router = useRouter();
  const toast = useToast();
  const formId = useId();
  const [preset, setPreset] = useState(() => startingPreset(connection));
  const [before, setBefore] = useState(() =>
    connection ? draftFromConnection(connection) : draftFromPreset(preset, taken),
  );
  const [draft, setDraft] = useState(before);
  const [problems, setProblems] = useState<FieldProblems>({});
  const [busy, setBusy] = useState(false);
  const form = useRef<HTMLFormElement>(null);
  useEffect(() => {
    const wrong =
      Object.keys(problems).length > 0 && form.current?.querySelector<HTMLElement>('[aria-invalid]');
    if (wrong) wrong.focus();
  }, [problems]);
  const keyAgain = connection !== null && needsKeyAgain(connection, draft);

  function choose(next: Preset) {
    const fresh = draftFromPreset(next, taken);
    setPreset(next);
    setBefore(fresh);
    setDraft(fresh);
    setProblems({});
  }

  async function save() {
    const found = look(draft, preset, connection, keyAgain);
    setProblems(found);
    if (Object.keys(found).length > 0) return;
    setBusy(true);
    try {
      const changes = changesOf(before, draft);
      if (connection) await changeConnection(connection.id, changes);
      else await addConnection(preset.name, { ...changes, name: draft.name.trim() });
      toast({ title: `${draft.name.trim()} was ${connection ? 'saved' : 'added'}` });
      router.refresh();
      onClose();
    } catch (error) {
      setProblems(problemsOf(error));
      setBusy(false);
    }
  }

  const unchanged = connection !== null && Object.keys(changesOf(before, draft)).length === 0;
  return (
    <Dialog
      open
      onClose={onClose}
      size="lg"
      title={connection ? `Edit ${connection.name}` : 'Add connection'}
      description={
        connection
          ? preset.about
          : 'Where requests go and which key pays. The key is sealed and never shown again.'
      }
      footer={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button
            type="submit"
            form={formId}
            look="accent"
            busy={busy}
            reason={unchanged && 'Nothing was changed yet.'}
          >
            {connection ? 'Save' : 'Add connection'}
          </Button>
        </>
      }
    >
      <form
        ref={form}
        id={formId}
        noValidate
        className="grid gap-5"
        onSubmit={(event) => {
          event.preventDefault();
          if (!busy && !unchanged) save();
        }}
      >
        {!connection && <PresetChoice value={preset} onChange={choose} />}
        <ConnectionForm
          preset={preset}
          connection={connection}
          draft={draft}
          problems={problems}
          keyAgain={keyAgain}
          onChange={(change) => setDraft({ ...draft, ...change })}
        />
        {problems.other && <Band tone="bad">{problems.other}</Band>}
      </form>
    </Dialog>
  );
}

function startingPreset(connection: Connection | null): Preset {
  const named = presetNamed(connection?.preset ?? 'infron') ?? presets[0];
  if (!named) throw new Error('There is at least one preset.');
  return named;
}

function look(draft: Draft, preset: Preset, connection: Connection | null, keyAgain: boolean): FieldProblems {
  const found: FieldProblems = {};
  if (draft.name.trim() === '') found.name = 'Give the connection a name.';
  if (preset.name !== 'sandbox' && draft.baseUrl.trim() === '')
    found.baseUrl = `${preset.title} needs a base URL.`;
  const lacksKey = preset.needsKey && connection === null && draft.apiKey.trim() === '';
  if (lacksKey) found.apiKey = `${preset.title} needs a key.`;
  if (keyAgain && draft.apiKey.trim() === '') {
    found.apiKey = 'The key belongs to the old address and header. Enter it again for the new one.';
  }
  const percent = Number(draft.discount);
  if (!(percent >= 0 && percent <= 100)) found.discount = 'Write a percentage from 0 to 100, like 50.';
  return found;
}

const fieldNames = [
  'name',
  'baseUrl',
  'apiKey',
  'keyHeader',
  'headers',
  'discount',
  'completionWindow',
] as const;

function problemsOf(error: unknown): FieldProblems {
  if (!(error instanceof ApiError)) return { other: 'It could not be saved. Try again.' };
  const details = error.details as { field?: string } | { path?: string; message?: string }[] | undefined;
  const issues = Array.isArray(details)
    ? details.map(({ path = '', message }) => ({ field: path.split('.')[0], message }))
    : [{ field: details?.field, message: error.message }];
  const found: FieldProblems = {};
  for (const { field, message } of issues) {
    const known = fieldNames.find((name) => name === field);
    found[known ?? 'other'] ??= message ?? error.message;
  }
  return found;
}
