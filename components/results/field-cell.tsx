import type { FieldValue } from '#lib/model/answer-field';

/** A value as the answer has it: with the digits it has, and apart from what is written around it. */
export function FieldCell({ value }: { value: FieldValue }) {
  if (value === null) return '–';
  if (typeof value !== 'string') return <span className="tabular">{String(value)}</span>;
  return (
    <span title={value} className="[unicode-bidi:isolate]">
      {value}
    </span>
  );
}
