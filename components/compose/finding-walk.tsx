'use client';
import { CircleAlert, TriangleAlert } from 'lucide-react';
import { type KeyboardEvent, useEffect, useRef, useState } from 'react';
import { useFormat } from '#components/ui/format-context';
import { cn } from '#lib/cn';
import { formatNumber } from '#lib/format';
import type { Summary } from '#lib/jsonl/validate';
import type { Finding } from '#lib/model/finding';
import { type Excerpt, readLine } from './read-line.ts';

const shownAtMost = 200;

/** The findings one under the other: arrows walk, Enter opens the line where it stands. */
export function FindingWalk({ file, summary }: { file: File; summary: Summary }) {
  const format = useFormat();
  const list = useRef<HTMLUListElement>(null);
  const [at, setAt] = useState(0);
  const [open, setOpen] = useState<number | null>(null);
  const shown = summary.findings.slice(0, shownAtMost);
  const all = summary.errors + summary.warnings;
  if (shown.length === 0) return null;

  function onKeyDown(event: KeyboardEvent) {
    const steps: Record<string, number> = {
      ArrowDown: 1,
      ArrowUp: -1,
      Home: -shown.length,
      End: shown.length,
    };
    const step = steps[event.key];
    if (step === undefined) return;
    event.preventDefault();
    const next = Math.max(0, Math.min(shown.length - 1, at + step));
    setAt(next);
    list.current?.querySelectorAll<HTMLElement>('[data-finding]')[next]?.focus();
  }

  return (
    <div className="grid gap-1.5">
      <h2 className="font-medium text-sm">Findings</h2>
      <ul ref={list} aria-label="Findings" onKeyDown={onKeyDown} className="border-t">
        {shown.map((finding, index) => (
          <li key={`${finding.line}:${finding.column}:${finding.code}`} className="border-b">
            <button
              type="button"
              data-finding
              tabIndex={index === at ? 0 : -1}
              aria-expanded={open === index}
              onFocus={() => setAt(index)}
              onClick={() => setOpen(open === index ? null : index)}
              className="flex w-full items-start gap-2.5 px-1.5 py-2 text-left text-sm -outline-offset-2 transition-colors hover:bg-hover"
            >
              <FindingIcon severity={finding.severity} />
              <span className="min-w-0 break-words">
                <Message text={finding.message} />
              </span>
            </button>
            {open === index && <Opened file={file} finding={finding} />}
          </li>
        ))}
      </ul>
      {all > shown.length && (
        <p className="text-muted text-sm">
          The first {formatNumber(shown.length, format)} of {formatNumber(all, format)}.
        </p>
      )}
    </div>
  );
}

/** What stands between backticks is somebody's text. */
function Message({ text }: { text: string }) {
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

function FindingIcon({ severity }: { severity: Finding['severity'] }) {
  const Icon = severity === 'error' ? CircleAlert : TriangleAlert;
  return (
    <>
      <Icon
        aria-hidden
        className={cn('mt-px size-4 shrink-0', severity === 'error' ? 'text-bad' : 'text-warn')}
      />
      <span className="sr-only">{severity === 'error' ? 'Error:' : 'Note:'}</span>
    </>
  );
}

function Opened({ file, finding: { line, column } }: { file: File; finding: Finding }) {
  const [excerpt, setExcerpt] = useState<Excerpt | null | undefined>(undefined);
  useEffect(() => {
    let wanted = true;
    const show = (found: Excerpt | null) => wanted && setExcerpt(found);
    readLine(file, line, column).then(show, () => show(null));
    return () => {
      wanted = false;
    };
  }, [file, line, column]);
  return (
    <pre className="mx-1.5 mb-2.5 whitespace-pre-wrap break-all rounded-control border border-line bg-canvas p-3 font-mono text-xs leading-relaxed [unicode-bidi:isolate]">
      {excerpt === undefined && 'Reading the line…'}
      {excerpt === null && 'This line cannot be shown.'}
      {excerpt && (
        <>
          <span className="select-none text-muted">{line} </span>
          {excerpt.before}
          <mark className="rounded-bar bg-bad/20 text-ink outline-1 outline-bad">{excerpt.at}</mark>
          {excerpt.after}
        </>
      )}
    </pre>
  );
}
