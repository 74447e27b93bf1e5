import { CircleAlert, TriangleAlert } from 'lucide-react';
import { cn } from '#lib/cn';
import type { Finding, Snippet } from '#lib/model/finding';

/** What stands between backticks is somebody's text. */
export function FindingText({ text }: { text: string }) {
  const pieces = text
    .split('`')
    .map((piece, index) => ({ piece, key: `${index}:${piece}`, isCode: index % 2 === 1 }));
  return pieces.map(({ piece, key, isCode }) =>
    isCode ? (
      <code key={key} className="font-mono text-xs [unicode-bidi:isolate]">
        {piece}
      </code>
    ) : (
      piece
    ),
  );
}

export function FindingIcon({ severity, className }: { severity: Finding['severity']; className?: string }) {
  const Icon = severity === 'error' ? CircleAlert : TriangleAlert;
  return (
    <>
      <Icon
        aria-hidden
        className={cn('size-4 shrink-0', severity === 'error' ? 'text-bad' : 'text-warn', className)}
      />
      <span className="sr-only">{severity === 'error' ? 'Error:' : 'Note:'}</span>
    </>
  );
}

/** A piece of a line with the part that matters marked. */
export function SnippetText({
  snippet: { before, at, after },
  tone,
}: {
  snippet: Snippet;
  tone: 'bad' | 'warn' | 'ok';
}) {
  const marks = {
    bad: 'bg-bad/15 outline-bad/60',
    warn: 'bg-warn/15 outline-warn/60',
    ok: 'bg-ok/15 outline-ok/60',
  };
  return (
    <code className="whitespace-pre-wrap break-all font-mono text-xs [unicode-bidi:isolate]">
      {before}
      {at !== '' && <mark className={cn('rounded-bar text-ink outline-1', marks[tone])}>{at}</mark>}
      {after}
    </code>
  );
}
