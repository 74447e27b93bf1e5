'use client';
import { Plus } from 'lucide-react';
import { useEffect, useRef, useState } from 'react';
import { useFieldArray, useFormContext } from 'react-hook-form';
import { Button } from '#components/ui/button';
import type { RequestsForm } from '#lib/model/request-form.schema';
import { emptyRequest, freeCustomId } from '#lib/model/request-line';
import { RequestCard } from './request-card.tsx';

/** The requests one under the other, each folded to one line when a person wants room. */
export function RequestList({ models }: { models: string[] }) {
  const { control, getValues } = useFormContext<RequestsForm>();
  const { fields, append, insert, remove } = useFieldArray({ control, name: 'requests' });
  const [folded, setFolded] = useState<ReadonlySet<string>>(new Set());
  const list = useRef<HTMLDivElement>(null);
  const focusOn = useRef<number | null>(null);
  const ids = () => getValues('requests').map(({ customId }) => customId);

  useEffect(() => {
    if (focusOn.current === null) return;
    const card = list.current?.children[focusOn.current];
    card?.querySelector<HTMLElement>('[data-first]')?.focus();
    card?.scrollIntoView({ block: 'nearest' });
    focusOn.current = null;
  });

  function add() {
    const last = getValues('requests').at(-1);
    const fresh = emptyRequest(freeCustomId(ids()), last?.model ?? models[0] ?? '');
    append({ ...fresh, system: last?.system ?? '', maxTokens: last?.maxTokens ?? fresh.maxTokens }, quietly);
    focusOn.current = fields.length;
  }

  function duplicate(index: number) {
    const from = getValues(`requests.${index}`);
    insert(index + 1, { ...structuredClone(from), customId: freeCustomId(ids(), from.customId) }, quietly);
    focusOn.current = index + 1;
  }

  function drop(index: number) {
    remove(index);
    focusOn.current = Math.max(0, Math.min(index, fields.length - 2));
  }

  function fold(id: string) {
    const next = new Set(folded);
    if (!next.delete(id)) next.add(id);
    setFolded(next);
  }

  return (
    <div className="grid gap-3">
      <div ref={list} className="grid gap-3">
        {fields.map((field, index) => (
          <RequestCard
            key={field.id}
            index={index}
            models={models}
            folded={folded.has(field.id)}
            onFold={() => fold(field.id)}
            onDuplicate={() => duplicate(index)}
            onRemove={fields.length > 1 ? () => drop(index) : null}
          />
        ))}
      </div>
      <div>
        <Button icon={<Plus aria-hidden />} onClick={add}>
          Add request
        </Button>
      </div>
    </div>
  );
}

const quietly = { shouldFocus: false };
