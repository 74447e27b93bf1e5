'use client';
import { useFormContext } from 'react-hook-form';
import { Field } from '#components/ui/field';
import { Input } from '#components/ui/input';
import { piece } from '#components/ui/piece';
import { keyOf, type SheetFields } from '#lib/model/request-form/fields';
import type { Group, Param } from '#lib/model/request-form/params';
import { isKnown } from '#lib/model/request-form/shapes';
import { useEditor } from './editor-context.tsx';
import { ParamField } from './param-field.tsx';
import { Section } from './section.tsx';
import { useProblems } from './use-problems.ts';

const ExtraField = piece(() => import('./extra-field.tsx').then((m) => m.ExtraField));
const RenumberField = piece(() => import('./renumber-field.tsx').then((m) => m.RenumberField));

const sections: { group: Group; title: string }[] = [
  { group: 'sampling', title: 'Sampling' },
  { group: 'tools', title: 'Tools' },
  { group: 'output', title: 'Reasoning and output' },
];

/** What is wanted every time stands open; the rest says in one line what is set in it. */
export function SheetSections() {
  const { shape, open, shared } = useEditor();
  const several = open !== 'defaults' && open.length > 1;
  const params = shape.params.filter(({ perRequest }) => !perRequest || (open !== 'defaults' && !several));
  const of = (group: Group) => params.filter((param) => param.group === group);
  const strange = Object.keys(shared.params).filter((name) => !isKnown(shape, name));
  return (
    <>
      <div className={grid}>
        {open !== 'defaults' && !several && <CustomIdField />}
        {several && <RenumberField />}
        {inOrder(of('request')).map((param) => (
          <ParamField key={keyOf(param)} param={param} className={spanOf(param)} />
        ))}
      </div>
      <div className="border-t">
        {sections.map(({ group, title }) => {
          const inside = of(group);
          return (
            inside.length > 0 && (
              <Section key={group} title={title} params={inside}>
                <div className={grid}>
                  {inside.map((param) => (
                    <ParamField key={keyOf(param)} param={param} className={spanOf(param)} />
                  ))}
                </div>
              </Section>
            )
          );
        })}
        <Section title="Metadata and more" params={of('metadata')} extra={[...strange, 'extra']}>
          <div className={grid}>
            {of('metadata').map((param) => (
              <ParamField key={keyOf(param)} param={param} className={spanOf(param)} />
            ))}
            {!several && <ExtraField names={strange} />}
          </div>
        </Section>
      </div>
    </>
  );
}

const grid = 'grid items-start gap-x-4 gap-y-4 @sm:grid-cols-2';

function CustomIdField() {
  const { register } = useFormContext<SheetFields>();
  const { error } = useProblems('custom_id');
  return (
    <div data-param="custom_id">
      <Field label="custom_id" error={error}>
        <Input
          {...register('customId')}
          autoComplete="off"
          spellCheck={false}
          className="font-mono text-sm"
        />
      </Field>
    </div>
  );
}

/** As one writes it: who, how it should behave, what it is asked, how long it may be. */
function inOrder(params: Param[]): Param[] {
  const rank = ({ control, perRequest }: Param) => {
    if (control.kind === 'model') return 0;
    return control.kind === 'text' ? 1 : perRequest ? 2 : 3;
  };
  return params.toSorted((a, b) => rank(a) - rank(b));
}

const narrow = ['model', 'number', 'choice', 'switch'];

function spanOf({ control }: Param): string {
  return narrow.includes(control.kind) ? '' : '@sm:col-span-2';
}
