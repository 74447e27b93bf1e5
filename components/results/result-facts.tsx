import type { ReactNode } from 'react';
import { Money, Num } from '#components/ui/num';
import type { ResultDetail } from '#lib/model/result';
import { OutcomeWord } from './outcome-word.tsx';

/** What there is to know beside the words, in one strip. */
export function ResultFacts({ result }: { result: ResultDetail }) {
  const { usage } = result;
  return (
    <dl className="flex flex-wrap gap-x-8 gap-y-3 border-y py-3 text-sm">
      <Fact name="Outcome">
        <OutcomeWord outcome={result.outcome} flags={result.flags} />
      </Fact>
      {result.model && (
        <Fact name="Model">
          <span className="font-mono text-xs">{result.model}</span>
        </Fact>
      )}
      {usage && (
        <Fact name="Tokens">
          <Count value={usage.input} /> in · <Count value={usage.output} /> out
          {usage.reasoning !== null && usage.reasoning > 0 && (
            <>
              {' '}
              · <Num value={usage.reasoning} /> reasoning
            </>
          )}
        </Fact>
      )}
      {result.cost && (
        <Fact name="Cost">
          <Money amount={result.cost} currency="USD" />
        </Fact>
      )}
      {result.finishReason && <Fact name="Finished">{result.finishReason}</Fact>}
      {result.httpStatus !== null && result.outcome !== 'succeeded' && (
        <Fact name="HTTP status">{result.httpStatus}</Fact>
      )}
      {result.errorCode && (
        <Fact name="Error">
          <span className="font-mono text-xs">{result.errorCode}</span>
        </Fact>
      )}
      {result.attempt > 1 && <Fact name="Attempt">{result.attempt}</Fact>}
    </dl>
  );
}

function Fact({ name, children }: { name: string; children: ReactNode }) {
  return (
    <div className="grid gap-0.5">
      <dt className="text-muted text-xs">{name}</dt>
      <dd className="tabular">{children}</dd>
    </div>
  );
}

function Count({ value }: { value: number | null }) {
  return value === null ? '–' : <Num value={value} />;
}
