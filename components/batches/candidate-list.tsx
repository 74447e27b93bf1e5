'use client';
import { Button } from '#components/ui/button';
import { useFormat, useNow } from '#components/ui/format-context';
import { formatClock, formatNumber } from '#lib/format';
import type { Candidate } from '#lib/model/batch';

/** What of the provider's list could be the lost one, to be told apart by time, size and state. */
export function CandidateList({
  candidates,
  requests,
  busy,
  onChoose,
}: {
  candidates: Candidate[];
  requests: number;
  busy: string | null | undefined;
  onChoose: (id: string) => void;
}) {
  const format = useFormat();
  return (
    <div className="grid gap-1.5">
      <p className="text-muted text-sm">Ours was sent with {formatNumber(requests, format)} requests.</p>
      <ul aria-label="Batches at the provider" className="border-t text-sm">
        {candidates.map((candidate) => (
          <li
            key={candidate.id}
            className="flex flex-wrap items-center justify-between gap-x-4 gap-y-2 border-b py-2"
          >
            <span className="grid min-w-0 flex-1 basis-56 gap-0.5">
              <code className="font-mono text-xs [overflow-wrap:anywhere]">{candidate.id}</code>
              <Facts candidate={candidate} />
            </span>
            <Button
              size="sm"
              aria-label={`Use this one: ${candidate.id}`}
              busy={busy === candidate.id}
              onClick={() => onChoose(candidate.id)}
            >
              Use this one
            </Button>
          </li>
        ))}
      </ul>
    </div>
  );
}

function Facts({ candidate }: { candidate: Candidate }) {
  const format = useFormat();
  const now = useNow();
  const { createdAt, requests, succeeded, failed, status, sure } = candidate;
  const count = (value: number | null, word: string) =>
    value === null ? null : `${formatNumber(value, format)} ${word}`;
  const facts = [
    createdAt && `created ${formatClock(createdAt, now, format)}`,
    count(requests, requests === 1 ? 'request' : 'requests'),
    count(succeeded, 'succeeded'),
    failed ? count(failed, 'failed') : null,
    status && `“${status}”`,
    sure && 'bears our mark',
  ];
  return <span className="tabular text-muted">{facts.filter(Boolean).join(' · ')}</span>;
}
