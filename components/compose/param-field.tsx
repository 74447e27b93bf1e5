'use client';
import { Ellipsis, RotateCcw, TriangleAlert } from 'lucide-react';
import { Field } from '#components/ui/field';
import { IconButton } from '#components/ui/icon-button';
import { inputClass } from '#components/ui/input';
import { Menu, MenuItem } from '#components/ui/menu';
import { cn } from '#lib/cn';
import { inherit, makeDefault, writeParam } from '#lib/model/request-form/edit';
import { keyOf } from '#lib/model/request-form/fields';
import type { Param } from '#lib/model/request-form/params';
import { type Standing, standingOf } from '#lib/model/request-form/standing';
import { useEditor } from './editor-context.tsx';
import { ParamControl } from './param-control.tsx';
import { TurnsField } from './turns-field.tsx';
import { useProblems } from './use-problems.ts';

/** A parameter with its label, where its value comes from, its control, its help and what is wrong with it. */
export function ParamField({ param, className }: { param: Param; className?: string }) {
  const { form, open, shared } = useEditor();
  const standing = standingOf(form, open, param, shared);
  const { error, note } = useProblems(param.name, keyOf(param));
  if (param.control.kind === 'turns' && !standing.isNull) {
    return (
      <div data-param={param.name} className={className}>
        <TurnsField name={param.name} error={error} />
      </div>
    );
  }
  return (
    <div data-param={keyOf(param)} className={className}>
      <Field
        label={param.label}
        help={param.help || undefined}
        error={error}
        aside={<Origin param={param} standing={standing} />}
      >
        {standing.isNull ? <Null /> : <ParamControl param={param} standing={standing} />}
        {note && (
          <p className="flex items-start gap-1.5 text-sm text-warn">
            <TriangleAlert aria-hidden className="mt-0.5 size-3.5 shrink-0" />
            <span>{note}</span>
          </p>
        )}
      </Field>
    </div>
  );
}

/** Sent as null: there is nothing to type until that is taken back. */
function Null() {
  return (
    <span className={cn(inputClass, 'flex h-9 items-center bg-hover font-mono text-muted text-sm')}>
      null
    </span>
  );
}

function Origin({ param, standing }: { param: Param; standing: Standing }) {
  const { open } = useEditor();
  const word = wordFor(standing, open === 'defaults');
  return (
    <span className="-my-1 flex items-center gap-1.5 self-center text-xs">
      {word && (
        <span className={cn('whitespace-nowrap', standing.from === 'own' ? 'text-accent' : 'text-muted')}>
          {word}
        </span>
      )}
      <Actions param={param} standing={standing} />
    </span>
  );
}

function wordFor({ from, leftOut, hasDefault }: Standing, isDefaults: boolean): string {
  if (isDefaults) return '';
  if (from === 'mixed') return 'differs';
  if (leftOut) return 'left out';
  if (from === 'defaults') return 'default';
  return from === 'own' && hasDefault ? 'own value' : '';
}

/** What can be done with a value besides typing another. */
function Actions({ param, standing }: { param: Param; standing: Standing }) {
  const { open, act } = useEditor();
  const key = keyOf(param);
  const { from, leftOut, isNull, hasDefault } = standing;
  const isSet = from === 'own' || from === 'mixed';
  const canReset = open !== 'defaults' && hasDefault && (isSet || leftOut);
  const canLeaveOut = !param.required && from !== 'nowhere';
  const canBeNull = param.nullable && !isNull;
  const [only, ...others] = open === 'defaults' ? [] : open;
  const canShare = only !== undefined && others.length === 0 && from === 'own' && !param.perRequest;
  if (!canReset && !canLeaveOut && !canBeNull && !canShare) return null;
  const reset = () => act((form) => inherit(form, open, param.name), key);
  if (canReset && !canShare && !canBeNull && !canLeaveOut) {
    return (
      <IconButton label={`Use the default for ${param.label}`} size="sm" onClick={reset}>
        <RotateCcw aria-hidden />
      </IconButton>
    );
  }
  return (
    <Menu label={`More about ${param.label}`} iconOnly icon={<Ellipsis aria-hidden />} look="ghost" size="sm">
      {canReset && <MenuItem onClick={reset}>Use the default</MenuItem>}
      {canShare && (
        <MenuItem onClick={() => act((form) => makeDefault(form, only, param.name), key)}>
          Make it the default
        </MenuItem>
      )}
      {canLeaveOut && (
        <MenuItem onClick={() => act((form) => writeParam(form, open, param, undefined), key)}>
          Do not send it
        </MenuItem>
      )}
      {canBeNull && (
        <MenuItem onClick={() => act((form) => writeParam(form, open, param, null), key)}>
          Send <code className="font-mono text-xs">null</code>
        </MenuItem>
      )}
    </Menu>
  );
}
