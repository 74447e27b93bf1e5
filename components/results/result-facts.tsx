import { Fact, Facts } from '#components/ui/facts';
import { Money, Num } from '#components/ui/num';
import type { ResultRow } from '#lib/model/result';
import { OutcomeWord } from './outcome-word.tsx';

/** What there is to know beside the words, in one strip. */
export function ResultFacts({
  result,
  demo,
  isHeaded = false,
}: {
  result: Omit<ResultRow, 'ordinal' | 'customId'>;
  demo: boolean;
  /** Above it stands already which attempt it is. */
  isHeaded?: boolean;
}) {
  const { usage } = result;
  return (
    <Facts className="border-y py-3">
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
        <Fact name={demo ? 'Demo cost' : 'Cost by list price'}>
          <Money amount={result.cost} currency="USD" />
        </Fact>
      )}
      {!result.cost && usage && !demo && <Fact name="Cost">not known</Fact>}
      {result.finishReason && <Fact name="Finished">{result.finishReason}</Fact>}
      {result.httpStatus !== null && result.outcome !== 'succeeded' && (
        <Fact name="HTTP status">{result.httpStatus}</Fact>
      )}
      {result.errorCode && (
        <Fact name="Error">
          <span className="font-mono text-xs">{result.errorCode}</span>
        </Fact>
      )}
      {result.attempt > 1 && !isHeaded && <Fact name="Attempt">{result.attempt}</Fact>}
    </Facts>
  );
}

function Count({ value }: { value: number | null }) {
  return value === null ? '–' : <Num value={value} />;
}
