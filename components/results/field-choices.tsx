'use client';
import { Checkbox } from '#components/ui/checkbox';
import { Num } from '#components/ui/num';
import { fieldSort } from '#lib/model/answer-field';
import { AnswerFields } from './answer-fields.tsx';
import { type ColumnId, fieldsIn } from './column-layout.ts';
import type { ColumnChoice } from './column-menu.tsx';
import { choiceClass } from './result-columns.tsx';

/** The fields of answers that are JSON, over the whole batch, of which each can become a column. */
export function FieldChoices({
  batchId,
  shown,
  onToggle,
  isJson,
}: Pick<ColumnChoice, 'batchId' | 'shown' | 'isJson'> & { onToggle: (id: ColumnId) => void }) {
  const chosen = fieldsIn(shown);
  return (
    <AnswerFields batchId={batchId} wanted={isJson} legend="Fields of JSON answers">
      {(fields) => {
        const further = fields.filter(({ name }) => !chosen.includes(name));
        if (further.length === 0) {
          return <p className="px-2 py-1 text-muted text-sm">All of them are shown.</p>;
        }
        return further.map(({ name, count }) => (
          <Checkbox
            key={name}
            checked={false}
            onChange={() => onToggle(fieldSort(name))}
            className={choiceClass}
          >
            <span className="min-w-0 flex-1 truncate font-mono text-xs [unicode-bidi:isolate]">{name}</span>
            <Num value={count} className="text-muted text-xs" />
          </Checkbox>
        ));
      }}
    </AnswerFields>
  );
}
