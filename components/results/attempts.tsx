import Link from 'next/link';
import { Band } from '#components/ui/band';
import { CodeBlock } from '#components/ui/code-block';
import type { AttemptDetail, ResultDetail } from '#lib/model/result';
import { paths } from '#lib/paths';
import { pretty } from './pretty.ts';
import { ResultFacts } from './result-facts.tsx';

/** What each attempt has made of one request, side by side. */
export function Attempts({
  result,
  demo,
  batchId,
}: {
  result: ResultDetail;
  demo: boolean;
  /** Behind a link nothing is compared. */
  batchId?: string;
}) {
  return (
    <ol className="grid gap-6 py-5 lg:auto-cols-fr lg:grid-flow-col">
      {result.attempts.map((attempt, n) => (
        <li key={attempt.attempt} className="grid min-w-0 content-start gap-3">
          <h2 className="flex flex-wrap items-baseline gap-x-3 font-medium">
            Attempt {attempt.attempt}
            {attempt.attempt === result.attempt && (
              <span className="font-normal text-muted text-sm">shown as the result</span>
            )}
            {batchId && attempt.attempt > 1 && (
              <Link
                href={paths.compare(batchId, {
                  with: batchId,
                  attempt: 1,
                  withAttempt: attempt.attempt,
                  pair: result.ordinal,
                })}
                prefetch={false}
                className="rounded-bar font-normal text-accent text-sm underline underline-offset-2"
              >
                Compare with attempt 1
              </Link>
            )}
          </h2>
          <ResultFacts result={attempt} demo={demo} isHeaded />
          {attempt.errorMessage && <Band tone="warn">{attempt.errorMessage}</Band>}
          <Request attempt={attempt} before={result.attempts[n - 1]} />
          {attempt.response ? (
            <CodeBlock
              text={attempt.response.cut ? `${attempt.response.text}…` : pretty(attempt.response.text)}
              label={`Response of attempt ${attempt.attempt}`}
            />
          ) : (
            <p className="text-muted text-sm">No line came back.</p>
          )}
        </li>
      ))}
    </ol>
  );
}

function Request({ attempt, before }: { attempt: AttemptDetail; before: AttemptDetail | undefined }) {
  const { text, cut } = attempt.request;
  if (text === '') return null;
  if (before && before.request.text === text) {
    return <p className="text-muted text-sm">The request is the same as before.</p>;
  }
  return <CodeBlock text={cut ? `${text}…` : pretty(text)} label={`Request of attempt ${attempt.attempt}`} />;
}
