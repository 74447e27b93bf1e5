'use client';
import { useFormat } from '#components/ui/format-context';
import { Progress } from '#components/ui/progress';
import { type Format, formatNumber } from '#lib/format';
import type { RepairReport, RepairSample } from '#lib/model/repair';
import { FindingText, SnippetText } from './finding-text.tsx';
import type { Outlook } from './use-outlook.ts';

/** What would change: how many lines, the first of them before and after, and what gets lost. */
export function RepairOutlook({
  outlook: { report, bytes, error },
  bytes: total,
}: {
  outlook: Outlook;
  bytes: number;
}) {
  const format = useFormat();
  if (error !== null) return <p className="text-bad text-sm">{error}</p>;
  if (!report) {
    if (bytes === 0) return <p className="text-muted text-sm">Nothing is changed before you say so.</p>;
    return (
      <Progress
        label="Working out what would change"
        value={Math.floor((100 * bytes) / (total || 1))}
        segments={{ succeeded: bytes, failed: 0, other: 0, total: total || 1 }}
      />
    );
  }
  return (
    <div className="grid gap-3 text-sm">
      <p role="status" className="font-medium">
        {sentence(report, format)}
      </p>
      {report.notes.length > 0 && (
        <ul
          aria-label="To know"
          className="grid gap-1 rounded-control border border-warn/25 bg-warn/8 px-3 py-2"
        >
          {report.notes.map(({ text, lines }) => (
            <li key={text}>
              <FindingText text={text} />
              <span className="text-muted">
                {' '}
                on {formatNumber(lines, format)} {lines === 1 ? 'line' : 'lines'}
              </span>
            </li>
          ))}
        </ul>
      )}
      {report.samples.length > 0 && (
        <ul aria-label="What changes" className="border-t">
          {report.samples.map((sample) => (
            <Sample key={sample.line} sample={sample} />
          ))}
        </ul>
      )}
    </div>
  );
}

function Sample({ sample: { line, before, after } }: { sample: RepairSample }) {
  const format = useFormat();
  return (
    <li className="grid gap-1 border-b py-2">
      <span className="text-muted text-xs">
        Line {formatNumber(line, format)}
        {after === null && ', left out'}
      </span>
      <div className="line-clamp-3">
        <SnippetText snippet={before} tone="bad" />
      </div>
      {after && (
        <div className="line-clamp-3">
          <SnippetText snippet={after} tone="ok" />
        </div>
      )}
    </li>
  );
}

function sentence({ lines, changed, dropped }: RepairReport, format: Format): string {
  const count = (n: number) => `${formatNumber(n, format)} ${n === 1 ? 'line' : 'lines'}`;
  const parts = [
    changed > 0
      ? `${count(changed)} of ${formatNumber(lines, format)} ${changed === 1 ? 'changes' : 'change'}`
      : '',
    dropped > 0 ? `${count(dropped)} ${dropped === 1 ? 'is' : 'are'} left out` : '',
  ].filter(Boolean);
  return parts.length === 0 ? 'Nothing would change.' : `${parts.join(', ')}.`;
}
