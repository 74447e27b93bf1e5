'use client';
import { useQuery } from '@tanstack/react-query';
import { ListFilter } from 'lucide-react';
import { Band } from '#components/ui/band';
import { Checkbox } from '#components/ui/checkbox';
import { Input } from '#components/ui/input';
import { Num } from '#components/ui/num';
import { Popover } from '#components/ui/popover';
import { Skeleton } from '#components/ui/skeleton';
import { getJson } from '#lib/api-client';
import { conditionsIn } from '#lib/model/answer-field';
import { flags } from '#lib/model/result';
import type { Facets } from '#lib/model/result-facets';
import { apiPaths } from '#lib/paths';
import { FieldConditions } from './field-conditions.tsx';
import { choiceClass } from './result-columns.tsx';
import type { ShownFilter } from './shown-filter.ts';

type Props = {
  batchId: string;
  filter: ShownFilter;
  onChange: (change: Partial<ShownFilter>) => void;
  /** Some answer in sight looks like JSON. */
  isJson: boolean;
};

/** Narrows by what some result of the batch has. */
export function NarrowMenu(props: Props) {
  const { flag, model, tokensMin, tokensMax, where } = props.filter;
  const single = [flag, model, tokensMin, tokensMax].filter((value) => value !== null).length;
  const chosen = single + (conditionsIn(where)?.length ?? 0);
  return (
    <Popover
      title="Filter results"
      icon={<ListFilter aria-hidden />}
      size="sm"
      label={
        <>
          Filter
          {chosen > 0 && <span className="tabular text-muted">{chosen}</span>}
        </>
      }
    >
      {() => <Choices {...props} />}
    </Popover>
  );
}

function Choices({ batchId, filter, onChange, isJson }: Props) {
  const { data, error } = useQuery({
    queryKey: ['results', 'facets', batchId],
    queryFn: ({ signal }) => getJson<Facets>(apiPaths.facets(batchId), { signal }),
  });
  if (error) return <Band tone="bad">{error.message}</Band>;
  if (!data) return <Skeleton className="m-2 h-24" />;
  const known = flags.filter((flag) => (data.flags[flag] ?? 0) > 0 || filter.flag === flag);
  return (
    <div className="grid gap-1">
      {known.length > 0 && (
        <fieldset className="grid">
          <legend className={legend}>Flag</legend>
          {known.map((flag) => (
            <Choice
              key={flag}
              label={flag}
              count={data.flags[flag] ?? 0}
              checked={filter.flag === flag}
              onChange={() => onChange({ flag: filter.flag === flag ? null : flag })}
            />
          ))}
        </fieldset>
      )}
      <fieldset className="grid">
        <legend className={legend}>Model</legend>
        {data.models.slice(0, 20).map(({ name, count }) => (
          <Choice
            key={name}
            label={name}
            count={count}
            checked={filter.model === name}
            onChange={() => onChange({ model: filter.model === name ? null : name })}
          />
        ))}
      </fieldset>
      <fieldset className="grid grid-cols-2 gap-2 px-2 pb-2">
        <legend className={`${legend} px-0!`}>Tokens, in and out together</legend>
        {(['tokensMin', 'tokensMax'] as const).map((name) => (
          <Input
            key={name}
            type="number"
            min={0}
            aria-label={name === 'tokensMin' ? 'At least' : 'At most'}
            placeholder={name === 'tokensMin' ? 'at least' : 'at most'}
            value={filter[name] ?? ''}
            onChange={(event) => onChange({ [name]: event.target.value || null })}
            className="h-8! text-sm!"
          />
        ))}
      </fieldset>
      <FieldConditions
        batchId={batchId}
        where={filter.where}
        onChange={(where) => onChange({ where })}
        isJson={isJson}
      />
    </div>
  );
}

const legend = 'px-2 pt-1.5 pb-1 text-muted text-xs';

function Choice({
  label,
  count,
  checked,
  onChange,
}: {
  label: string;
  count: number;
  checked: boolean;
  onChange: () => void;
}) {
  return (
    <Checkbox checked={checked} onChange={onChange} className={choiceClass}>
      <span className="min-w-0 flex-1 truncate">{label}</span>
      <Num value={count} className="text-muted text-xs" />
    </Checkbox>
  );
}
