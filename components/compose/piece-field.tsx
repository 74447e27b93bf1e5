'use client';
import { Image, Wrench } from 'lucide-react';
import { useFormContext } from 'react-hook-form';
import { Input, Textarea } from '#components/ui/input';
import type { SheetFields } from '#lib/model/request-form/fields';
import type { PartFields } from '#lib/model/request-form/turn-fields';
import { JsonArea } from './json-area.tsx';
import type { PartPath } from './part-field.tsx';

/** An image by its address, a tool call, or what a tool answered. */
export function PieceField({ at, kind, label }: { at: PartPath; kind: PartFields['kind']; label: string }) {
  const { register } = useFormContext<SheetFields>();
  const mono = { id: undefined, spellCheck: false, className: 'font-mono text-sm' };
  const Icon = kind === 'image' ? Image : Wrench;
  return (
    <>
      <span className="grid h-9 place-items-center text-muted">
        <Icon aria-hidden className="size-4" />
      </span>
      <div className="grid min-w-0 flex-1 gap-1.5">
        {kind === 'image' ? (
          <Input
            {...register(`${at}.url`)}
            id={undefined}
            aria-label={`${label}, address of the image`}
            type="url"
            placeholder="https://…"
            className="text-sm"
          />
        ) : (
          <div className="grid gap-1.5 sm:grid-cols-2">
            <Input
              {...register(`${at}.id`)}
              {...mono}
              aria-label={`${label}, id of the tool call`}
              placeholder="id of the tool call"
            />
            {kind === 'call' && (
              <Input
                {...register(`${at}.name`)}
                {...mono}
                aria-label={`${label}, name of the tool`}
                placeholder="name of the tool"
              />
            )}
          </div>
        )}
        {kind === 'call' && <JsonArea name={`${at}.text`} label={`${label}, input of the tool`} inner />}
        {kind === 'result' && (
          <Textarea
            {...register(`${at}.text`)}
            id={undefined}
            aria-label={`${label}, answer of the tool`}
            rows={2}
            placeholder="What the tool answered"
          />
        )}
      </div>
    </>
  );
}
