'use client';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useId, useState } from 'react';
import { Band } from '#components/ui/band';
import { Button } from '#components/ui/button';
import { Dialog } from '#components/ui/dialog';
import { Field } from '#components/ui/field';
import { Input, Textarea } from '#components/ui/input';
import { sendJson } from '#lib/api-client';
import type { Batch } from '#lib/model/batch';
import { tagsIn } from '#lib/model/tags';
import { apiPaths } from '#lib/paths';
import { batchQuery, versionOf } from './use-batch.ts';

export function EditBatchDialog({ batch, onClose }: { batch: Batch; onClose: () => void }) {
  const formId = useId();
  const queries = useQueryClient();
  const [name, setName] = useState(batch.name);
  const [tags, setTags] = useState(batch.tags.join(', '));
  const [note, setNote] = useState(batch.note ?? '');
  const save = useMutation({
    mutationFn: () =>
      sendJson<Batch>('PATCH', apiPaths.batch(batch.id), {
        name,
        tags: tagsIn(tags),
        note: note.trim() === '' ? null : note,
      }),
    onSuccess: (changed) => {
      queries.setQueryData(batchQuery(batch.id).queryKey, versionOf(changed));
      onClose();
    },
  });
  return (
    <Dialog
      open
      onClose={onClose}
      title="Edit batch"
      description="Words to find it by. What was sent does not change."
      footer={
        <>
          <Button onClick={onClose}>Leave as it is</Button>
          <Button
            type="submit"
            form={formId}
            look="accent"
            busy={save.isPending}
            reason={name.trim() === '' ? 'Give the batch a name.' : null}
          >
            Save
          </Button>
        </>
      }
    >
      <form
        id={formId}
        className="grid gap-4"
        onSubmit={(event: FormEvent) => {
          event.preventDefault();
          save.mutate();
        }}
      >
        <Field label="Name">
          <Input value={name} maxLength={200} onChange={(event) => setName(event.target.value)} />
        </Field>
        <Field label="Tags" optional help="Several with commas between them.">
          <Input value={tags} onChange={(event) => setTags(event.target.value)} />
        </Field>
        <Field label="Note" optional>
          <Textarea value={note} maxLength={10_000} onChange={(event) => setNote(event.target.value)} />
        </Field>
        {save.error && <Band tone="bad">{save.error.message}</Band>}
      </form>
    </Dialog>
  );
}
