'use client';
import { useRef, useState } from 'react';
import { useToast } from '#components/ui/toast';
import type { CheckedForm } from '#lib/model/request-form/check';
import { addRequest, duplicate, move, moveTo, remove, restore } from '#lib/model/request-form/edit';
import { DefaultsRow } from './defaults-row.tsx';
import { EditorHead } from './editor-head.tsx';
import type { Target } from './outgoing.ts';
import { RequestEditor } from './request-editor.tsx';
import { RequestList } from './request-list.tsx';
import { RequestTools } from './request-tools.tsx';
import type { BatchFormState } from './use-batch-form.ts';

/** Left all requests, right the one editor for what is chosen among them. */
export function FormDoor({
  batch,
  checked,
  models,
  target,
}: {
  batch: BatchFormState;
  checked: CheckedForm;
  models: string[];
  target: Target | null;
}) {
  const toast = useToast();
  const door = useRef<HTMLDivElement>(null);
  const { form, open, fresh, stamp } = batch;
  const chosen = open === 'defaults' ? [] : open;
  const [unfolded, setUnfolded] = useState<ReadonlyMap<string, boolean>>(new Map());

  const actions = {
    show: batch.show,
    add: () => {
      const made = addRequest(form, chosen.at(-1) ?? null);
      batch.replace(() => made.form, { open: [made.id], focus: 'custom_id', fresh: made.id });
    },
    duplicate: () => {
      const { form: next, made } = duplicate(form, chosen);
      if (made.length > 0) batch.replace(() => next, { open: made });
    },
    move: (by: 1 | -1) => batch.replace((now) => move(now, chosen, by)),
    moveTo: (place: number) => batch.replace((now) => moveTo(now, chosen, place)),
    remove: () => {
      if (chosen.length === 0) return;
      const next = form.requests.findLastIndex(({ id }) => chosen.includes(id)) + 1 - chosen.length;
      const { form: left, removed } = remove(form, chosen);
      const nearest = left.requests[Math.min(next, left.requests.length - 1)];
      batch.replace(() => left, { open: nearest ? [nearest.id] : 'defaults' });
      const what =
        removed.length === 1 ? `Request ${removed[0]?.request.customId}` : `${removed.length} requests`;
      const undo = () =>
        batch.replace((now) => restore(now, removed), { open: removed.map(({ request }) => request.id) });
      toast({ title: `${what} deleted.`, tone: 'info', action: { label: 'Undo', onClick: undo } });
    },
    enter: () => {
      const editor = door.current?.querySelector('[data-editor]');
      editor?.querySelector<HTMLElement>('[data-param] :is(input, textarea, select)')?.focus();
    },
  };

  const findings = open === 'defaults' ? checked.defaults : open.length === 1 ? of(open[0]) : [];
  function of(id: string | undefined) {
    return (id && checked.byRequest.get(id)) || [];
  }

  return (
    <div
      ref={door}
      className="grid items-start gap-x-6 gap-y-6 md:grid-cols-[minmax(13rem,17rem)_minmax(0,1fr)]"
    >
      <div className="grid gap-3 md:sticky md:top-8">
        <div className="overflow-hidden rounded-panel border border-line bg-surface">
          <RequestTools count={form.requests.length} chosen={chosen.length} actions={actions} />
          <DefaultsRow
            form={form}
            chosen={open === 'defaults'}
            findings={checked.defaults}
            onChoose={() => batch.show('defaults')}
          />
          <RequestList form={form} open={open} fresh={fresh} findings={checked.byRequest} actions={actions} />
        </div>
      </div>
      <div data-editor className="grid min-w-0 gap-4">
        <EditorHead form={form} open={open} target={target} />
        <RequestEditor
          key={stamp}
          batch={batch}
          findings={findings}
          models={models}
          unfolded={unfolded}
          onFold={(title, isOpen) => setUnfolded((before) => new Map(before).set(title, isOpen))}
        />
      </div>
    </div>
  );
}
