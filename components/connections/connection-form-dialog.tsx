'use client';
import { type ReactNode, useId } from 'react';
import { Band } from '#components/ui/band';
import { Button } from '#components/ui/button';
import { Dialog } from '#components/ui/dialog';
import type { Connection } from '#lib/model/connection';
import type { Preset } from '#lib/model/preset';
import { needsKeyAgain } from './connection-fields.ts';
import { ConnectionForm } from './connection-form.tsx';
import type { FormHandle } from './use-connection-form.ts';

/** The one form of a connection, whether it is made or changed. */
export function ConnectionFormDialog({
  title,
  description,
  preset,
  connection,
  handle,
  atTerms,
  aside,
  submitLabel,
  reason,
  onSave,
  onClose,
}: {
  title: string;
  description: string;
  preset: Preset;
  connection: Connection | null;
  handle: FormHandle;
  atTerms?: boolean;
  /** At the start of the foot. */
  aside?: ReactNode;
  submitLabel: string;
  /** Why it cannot be saved yet. */
  reason?: string | false;
  onSave: () => Promise<void>;
  onClose: () => void;
}) {
  const formId = useId();
  const { form, draft, problems, busy, change, submit } = handle;
  return (
    <Dialog
      open
      onClose={onClose}
      size="lg"
      stays
      title={title}
      description={description}
      footer={
        <>
          {aside}
          <Button onClick={onClose}>Cancel</Button>
          <Button type="submit" form={formId} look="accent" busy={busy} reason={reason}>
            {submitLabel}
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
          if (!reason) submit(preset, connection, onSave);
        }}
      >
        <ConnectionForm
          preset={preset}
          keyAgain={connection !== null && needsKeyAgain(connection, draft)}
          atTerms={atTerms}
          connection={connection}
          draft={draft}
          problems={problems}
          onChange={change}
        />
        {problems.other && <Band tone="bad">{problems.other}</Band>}
      </form>
    </Dialog>
  );
}
