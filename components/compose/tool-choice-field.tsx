'use client';
import { useId } from 'react';
import { useFormContext, useWatch } from 'react-hook-form';
import { Input, Select } from '#components/ui/input';
import { cn } from '#lib/cn';
import type { SheetFields } from '#lib/model/request-form/fields';
import { memberOf } from '#lib/model/request-form/json';
import { toolFacts } from '#lib/model/request-form/tools';
import { useEditor } from './editor-context.tsx';

/** May, must or must not, or one tool by its name. */
export function ToolChoiceField({ look, hint }: { look: string; hint: string | undefined }) {
  const { register, control } = useFormContext<SheetFields>();
  const { shape, shared } = useEditor();
  const listId = useId();
  const choice = useWatch({ control, name: 'params.tool_choice.text' });
  const tools = memberOf(shared.params, 'tools');
  const names = Array.isArray(tools)
    ? tools.map((tool) => toolFacts(shape.tools ?? 'either', tool).name)
    : [];
  return (
    <div className="grid gap-2 sm:grid-cols-2">
      <Select {...register('params.tool_choice.text')} className={look}>
        <option value="">{hint ?? 'not sent'}</option>
        <option value="auto">auto: it may</option>
        <option value="required">{shape.tools === 'chat' ? 'required' : 'any'}: it must</option>
        <option value="none">none: it must not</option>
        <option value="tool">one tool by name</option>
      </Select>
      {choice === 'tool' && (
        <>
          <Input
            {...register('params.tool_choice.more.tool')}
            id={undefined}
            aria-label="tool_choice name"
            list={listId}
            placeholder="name of the tool"
            spellCheck={false}
            className={cn('font-mono text-sm', look)}
          />
          <datalist id={listId}>
            {[...new Set(names.filter(Boolean))].map((name) => (
              <option key={name} value={name} />
            ))}
          </datalist>
        </>
      )}
    </div>
  );
}
