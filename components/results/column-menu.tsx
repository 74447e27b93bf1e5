'use client';
import { Columns3 } from 'lucide-react';
import { useDensity } from '#components/shell/theme';
import { Button } from '#components/ui/button';
import { Checkbox } from '#components/ui/checkbox';
import { Popover } from '#components/ui/popover';
import {
  type ColumnChange,
  type ColumnId,
  type ShownColumn,
  toggled,
  usualColumns,
  wordOf,
} from './column-layout.ts';
import { ColumnRows } from './column-rows.tsx';
import { FieldChoices } from './field-choices.tsx';
import { choiceClass, resultColumns } from './result-columns.tsx';

/** Which columns there are, in which order, which of them stay in sight, and how high rows are. */
export function ColumnMenu(props: ColumnChoice) {
  return (
    <Popover title="Columns of the results" label="Columns" icon={<Columns3 aria-hidden />} size="sm">
      {() => <Choices {...props} />}
    </Popover>
  );
}

export type ColumnChoice = {
  batchId: string;
  shown: ShownColumn[];
  onChange: (change: ColumnChange) => void;
  /** Some answer in sight looks like JSON: its fields are looked for without being asked. */
  isJson: boolean;
};

function Choices({ batchId, shown, onChange, isJson }: ColumnChoice) {
  const [density, setDensity] = useDensity();
  const toggle = (id: ColumnId) => onChange((now) => toggled(now, id));
  const hidden = resultColumns.filter(({ id }) => !shown.some((one) => one.id === id));
  return (
    <>
      <ColumnRows shown={shown} onChange={onChange} />
      <hr className="-mx-1 my-1" />
      <FieldChoices batchId={batchId} shown={shown} onToggle={toggle} isJson={isJson} />
      <hr className="-mx-1 my-1" />
      {hidden.length > 0 && (
        <fieldset className="grid">
          <legend className="sr-only">Further columns</legend>
          {hidden.map(({ id, title }) => (
            <Checkbox key={id} checked={false} onChange={() => toggle(id)} className={choiceClass}>
              {id === 'ordinal' ? 'Number' : title}
            </Checkbox>
          ))}
        </fieldset>
      )}
      <hr className="-mx-1 my-1" />
      <Checkbox
        checked={density === 'compact'}
        onChange={() => setDensity(density === 'compact' ? 'comfortable' : 'compact')}
        className={choiceClass}
      >
        Compact rows
      </Checkbox>
      {wordOf(shown) !== null && (
        <Button look="ghost" size="sm" onClick={() => onChange(() => usualColumns)} className="w-full">
          Back to the usual columns
        </Button>
      )}
    </>
  );
}
