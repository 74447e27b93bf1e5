'use client';
import { Columns3 } from 'lucide-react';
import { useDensity } from '#components/shell/theme';
import { Checkbox } from '#components/ui/checkbox';
import { Popover } from '#components/ui/popover';
import { type ColumnName, toggledColumn } from './column-names.ts';
import { resultColumns } from './result-columns.tsx';

/** Which columns there are, and how high rows are. */
export function ColumnMenu({
  shown,
  onChange,
}: {
  shown: ColumnName[];
  onChange: (word: string | null) => void;
}) {
  const [density, setDensity] = useDensity();
  return (
    <Popover title="Columns of the results" label="Columns" icon={<Columns3 aria-hidden />} size="sm">
      {() => (
        <fieldset className="grid">
          <legend className="sr-only">Columns</legend>
          {resultColumns.map((column) => (
            <Checkbox
              key={column.id}
              checked={shown.includes(column.id)}
              disabled={column.id === 'customId'}
              onChange={() => onChange(toggledColumn(shown, column.id))}
              className="flex items-center gap-2.5 rounded-control px-2 py-1.5 text-sm hover:bg-hover"
            >
              {column.id === 'ordinal' ? 'Number' : column.title}
            </Checkbox>
          ))}
          <hr className="-mx-1 my-1" />
          <Checkbox
            checked={density === 'compact'}
            onChange={() => setDensity(density === 'compact' ? 'comfortable' : 'compact')}
            className="flex items-center gap-2.5 rounded-control px-2 py-1.5 text-sm hover:bg-hover"
          >
            Compact rows
          </Checkbox>
        </fieldset>
      )}
    </Popover>
  );
}
