'use client';
import { type RefObject, useEffect, useEffectEvent, useRef } from 'react';
import { FormProvider, useForm } from 'react-hook-form';
import { setCustomId, writeExtraText, writeParam } from '#lib/model/request-form/edit';
import { keyOf, noFields, type SheetFields, sheetFields, writeField } from '#lib/model/request-form/fields';
import { shapes } from '#lib/model/request-form/shapes';
import { common, openRequests } from '#lib/model/request-form/standing';
import { type Editor, EditorProvider } from './editor-context.tsx';
import { SheetSections } from './sheet-sections.tsx';
import type { BatchFormState } from './use-batch-form.ts';

/**
 * The one editor: of the defaults, of a request, or of what several requests have in common. It holds what is typed;
 * what that means goes to the requests key by key.
 */
export function RequestEditor({
  batch,
  findings,
  models,
  unfolded,
  onFold,
}: { batch: BatchFormState } & Pick<Editor, 'findings' | 'models' | 'unfolded' | 'onFold'>) {
  const { form, open, focus } = batch;
  const shape = shapes[form.shape];
  const shared = common(form, open);
  const requests = openRequests(form, open);
  const [only] = requests;
  const sheet = open === 'defaults' ? form.defaults : requests.length === 1 ? only : undefined;
  const root = useRef<HTMLDivElement>(null);
  const fields = useForm<SheetFields>({
    mode: 'onTouched',
    defaultValues: sheetFields(shape, only?.customId ?? '', shared.params, sheet?.extraText ?? null),
  });

  const take = useEffectEvent((name: string | undefined, values: SheetFields) => {
    const [head, key] = name?.split('.') ?? [];
    if (head === 'customId' && only) batch.edit((now) => setCustomId(now, only.id, values.customId));
    if (head === 'extra') batch.edit((now) => writeExtraText(now, open, values.extra));
    const param = head === 'params' && shape.params.find((one) => keyOf(one) === key);
    if (!param) return;
    const value = writeField(shape, param, values.params[keyOf(param)] ?? noFields);
    batch.edit((now) => writeParam(now, open, param, value));
  });
  const { subscribe } = fields;
  useEffect(
    () =>
      subscribe({
        formState: { values: true },
        callback: ({ name, values }) => take(name, values),
      }),
    [subscribe],
  );

  useEffect(() => (focus === null ? undefined : focusOn(root, focus)), [focus]);

  return (
    <EditorProvider
      value={{
        shape,
        form,
        open,
        shared,
        findings,
        models,
        seen: only === undefined || only.id !== batch.fresh,
        focus,
        unfolded,
        onFold,
        act: (change, key) => batch.replace(change, { focus: key }),
      }}
    >
      <FormProvider {...fields}>
        <div ref={root} className="@container grid gap-5">
          <SheetSections />
        </div>
      </FormProvider>
    </EditorProvider>
  );
}

const patienceMs = 1_500;

/** The control a person was sent to; its section may have to be loaded first. What has no control is an extra. */
function focusOn(root: RefObject<HTMLElement | null>, key: string): () => void {
  const until = performance.now() + patienceMs;
  let frame = 0;
  const look = () => {
    const name = CSS.escape(key);
    const place =
      root.current?.querySelector(`[data-param="${name}"], [data-param^="${name}__"]`) ??
      root.current?.querySelector('[data-param="extra"]');
    const control = place?.querySelector<HTMLElement>('input, textarea, select');
    if (!control && performance.now() < until) frame = requestAnimationFrame(look);
    control?.focus();
    control?.scrollIntoView({ block: 'nearest' });
  };
  look();
  return () => cancelAnimationFrame(frame);
}
