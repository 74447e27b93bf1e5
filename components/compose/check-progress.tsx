'use client';
import { Band } from '#components/ui/band';
import { Button } from '#components/ui/button';
import { useFormat } from '#components/ui/format-context';
import { formatNumber } from '#lib/format';
import type { Summary } from '#lib/jsonl/validate';
import { Pace } from './pace.tsx';
import type { Check } from './picked.ts';

/** How far the check is and how fast it goes, then in one sentence how it ended. */
export function CheckProgress({ check, onStop }: { check: Check; onStop: () => void }) {
  if (check.state === 'done') return <Verdict summary={check.summary} />;
  if (check.state === 'failed') {
    return (
      <Band tone="bad" title="This file cannot be used.">
        {check.message}
      </Band>
    );
  }
  return (
    <Pace label="Checking the file" word="Checking" done={check.bytes} total={check.total} rate={check.rate}>
      <Button size="sm" look="ghost" onClick={onStop}>
        Stop
      </Button>
    </Pace>
  );
}

function Verdict({ summary: { requests, errors, warnings } }: { summary: Summary }) {
  const format = useFormat();
  const count = (n: number, word: string) => `${formatNumber(n, format)} ${word}${n === 1 ? '' : 's'}`;
  if (errors > 0 && requests === 0) {
    return (
      <Band tone="bad" title={`${count(errors, 'error')} and no request.`}>
        No line of this file is a request. It has to be JSONL: one JSON object a line. A spreadsheet or a JSON
        list must be turned into that first.
      </Band>
    );
  }
  if (errors > 0) {
    return (
      <Band tone="bad" title={`${count(errors, 'error')} in ${count(requests, 'request')}.`}>
        Nothing is sent until these lines are right. Open one below to correct it, or repair all at once.
      </Band>
    );
  }
  if (requests === 0) return <Band tone="bad" title="This file holds no requests." />;
  return (
    <Band tone="ok" title={`${count(requests, 'request')}, every line is right.`}>
      {warnings > 0 && 'The notes below do not keep it from being sent.'}
    </Band>
  );
}
