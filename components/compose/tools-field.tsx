'use client';
import { Plus } from 'lucide-react';
import { useFormContext, useWatch } from 'react-hook-form';
import { Tag } from '#components/ui/badge';
import { Button } from '#components/ui/button';
import type { SheetFields } from '#lib/model/request-form/fields';
import { typedJson } from '#lib/model/request-form/json-typed';
import { newTool, toolFacts } from '#lib/model/request-form/tools';
import { useEditor } from './editor-context.tsx';
import { JsonArea } from './json-area.tsx';

/** Tools are JSON with a schema each; what is wrong in them is said below by its path. */
export function ToolsField() {
  const { setValue, control } = useFormContext<SheetFields>();
  const { shape } = useEditor();
  const style = shape.tools ?? 'either';
  const text = useWatch({ control, name: 'params.tools.text' });
  const value = text.trim() === '' ? undefined : typedJson(text);
  const tools = Array.isArray(value) ? value : [];
  const facts = tools.map((tool, n) => {
    const { name, problems } = toolFacts(style, tool);
    return { key: `${n}`, name: name || `tool ${n + 1}`, problems };
  });
  const canAdd = value === undefined || Array.isArray(value);

  function add() {
    let n = tools.length + 1;
    while (facts.some(({ name }) => name === `tool_${n}`)) n++;
    const next = [...tools, newTool(style, `tool_${n}`)];
    setValue('params.tools.text', JSON.stringify(next, null, 2));
  }

  return (
    <div className="grid gap-2">
      <JsonArea name="params.tools.text" label="tools" placeholder="[ ]" />
      <div className="flex flex-wrap items-center gap-1.5">
        <Button
          look="ghost"
          size="sm"
          icon={<Plus aria-hidden />}
          onClick={add}
          reason={canAdd ? null : 'First make the text above a list.'}
          className="-ml-2"
        >
          Add tool
        </Button>
        {facts.map(({ key, name, problems }) => (
          <Tag key={key}>
            {name}
            {problems.length > 0 && <span className="ml-1 text-bad">{problems.length} to fix</span>}
          </Tag>
        ))}
      </div>
    </div>
  );
}
