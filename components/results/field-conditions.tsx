'use client';
import { type FormEvent, useId, useState } from 'react';
import { Button } from '#components/ui/button';
import { Input, Select } from '#components/ui/input';
import {
  conditionsIn,
  conditionsWord,
  type FieldFacts,
  type FieldTest,
  fieldTests,
  mostConditions,
} from '#lib/model/answer-field';
import { AnswerFields } from './answer-fields.tsx';
import { testWords } from './condition-words.ts';

/** Narrows by what a field of the answers is. Several conditions hold together. */
export function FieldConditions({
  batchId,
  where,
  onChange,
  isJson,
}: {
  batchId: string;
  where: string | null;
  onChange: (where: string | null) => void;
  isJson: boolean;
}) {
  const standing = conditionsIn(where) ?? [];
  return (
    <AnswerFields batchId={batchId} wanted={isJson || where !== null} legend="Field of JSON answers">
      {(fields) => (
        <NewCondition
          fields={fields}
          off={standing.length >= mostConditions && 'That is as much as can be asked at once.'}
          onAdd={(...condition) => onChange(conditionsWord([...standing, condition]))}
        />
      )}
    </AnswerFields>
  );
}

/** As high as what stands above it. */
const small = '[&>select]:h-8! [&>select]:text-sm! [&>svg]:top-2!';

function NewCondition({
  fields,
  off,
  onAdd,
}: {
  fields: FieldFacts[];
  off: string | false;
  onAdd: (field: string, test: FieldTest, value: string) => void;
}) {
  const [at, setAt] = useState(0);
  const [test, setTest] = useState<FieldTest>('is');
  const [value, setValue] = useState('');
  const values = useId();
  const field = fields[at];
  const isRange = test === 'min' || test === 'max';
  function add(event: FormEvent) {
    event.preventDefault();
    if (!field || off) return;
    onAdd(field.name, test, test === 'missing' ? '' : value);
    setValue('');
  }
  return (
    <form onSubmit={add} className="grid grid-cols-1 gap-1.5 px-2 pb-2">
      <Select
        aria-label="Field"
        className={small}
        value={at}
        onChange={(event) => setAt(Number(event.target.value))}
      >
        {fields.map(({ name }, n) => (
          <option key={name} value={n}>
            {name}
          </option>
        ))}
      </Select>
      <div className="grid grid-cols-2 gap-1.5">
        <Select
          aria-label="Test"
          className={small}
          value={test}
          onChange={(event) => setTest(event.target.value as FieldTest)}
        >
          {fieldTests.map((one) => (
            <option key={one} value={one}>
              {testWords[one]}
            </option>
          ))}
        </Select>
        {test !== 'missing' && (
          <Input
            aria-label="Value"
            className="h-8! text-sm!"
            required
            type={isRange ? 'number' : 'text'}
            step="any"
            list={test === 'is' ? values : undefined}
            value={value}
            onChange={(event) => setValue(event.target.value)}
          />
        )}
      </div>
      <datalist id={values}>
        {field?.values?.map((one) => (
          <option key={`${typeof one} ${one}`} value={String(one)} />
        ))}
      </datalist>
      <Button type="submit" size="sm" reason={off}>
        Narrow
      </Button>
    </form>
  );
}
