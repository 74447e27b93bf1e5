'use client';
import { type KeyboardEvent, useEffect, useMemo, useRef, useState } from 'react';
import { Button } from '#components/ui/button';
import { useFormat } from '#components/ui/format-context';
import { formatNumber } from '#lib/format';
import type { CodeCounts, Finding, FindingCode } from '#lib/model/finding';
import type { FileSource } from './file-source.ts';
import { FindingFilter } from './finding-filter.tsx';
import { FindingIcon, FindingText } from './finding-text.tsx';
import { OpenedFinding } from './opened-finding.tsx';

const shownAtOnce = 100;

/** The findings one under the other: arrows walk, Enter opens the line where it stands. */
export function FindingWalk({
  findings,
  codes,
  total,
  source,
}: {
  findings: Finding[];
  codes: CodeCounts;
  /** All there are; the first thousand are kept. */
  total: number;
  source: FileSource;
}) {
  const format = useFormat();
  const list = useRef<HTMLUListElement>(null);
  const [only, setOnly] = useState<FindingCode | null>(null);
  const [most, setMost] = useState(shownAtOnce);
  const [at, setAt] = useState(0);
  const [open, setOpen] = useState<string | null>(null);
  const code = only !== null && codes[only] ? only : null;
  const some = useMemo(() => errorsFirst(findings, code), [findings, code]);
  const shown = some.slice(0, most);
  const count = code === null ? total : (codes[code] ?? 0);
  const current = Math.min(at, shown.length - 1);
  const isGone = open !== null && !shown.some((finding) => keyOf(finding) === open);

  function focus(index: number) {
    setAt(index);
    list.current?.querySelectorAll<HTMLElement>('[data-finding]')[index]?.focus();
  }

  // What was open has been mended: the next one takes its place.
  useEffect(() => {
    if (!isGone) return;
    setOpen(null);
    list.current?.querySelectorAll<HTMLElement>('[data-finding]')[current]?.focus();
  }, [isGone, current]);

  function onKeyDown(event: KeyboardEvent) {
    if (!(event.target instanceof Element && event.target.matches('[data-finding]'))) return;
    const steps: Record<string, number> = {
      ArrowDown: 1,
      ArrowUp: -1,
      Home: -shown.length,
      End: shown.length,
    };
    const step = steps[event.key];
    if (step === undefined) return;
    event.preventDefault();
    focus(Math.max(0, Math.min(shown.length - 1, current + step)));
    if (current + step >= shown.length && some.length > most) setMost(most + shownAtOnce);
  }

  if (findings.length === 0) return null;
  return (
    <section aria-label="Findings" className="grid gap-2">
      <h2 className="font-medium text-sm">Findings</h2>
      <FindingFilter codes={codes} only={code} onOnly={setOnly} />
      <ul ref={list} aria-label="Findings" onKeyDown={onKeyDown} className="border-t">
        {shown.map((finding, index) => {
          const key = keyOf(finding);
          return (
            <li key={key} className="border-b">
              <button
                type="button"
                data-finding
                tabIndex={index === current ? 0 : -1}
                aria-expanded={open === key}
                onFocus={() => setAt(index)}
                onClick={() => setOpen(open === key ? null : key)}
                className="flex w-full items-start gap-2.5 px-1.5 py-2 text-left text-sm -outline-offset-2 transition-colors hover:bg-hover"
              >
                <FindingIcon severity={finding.severity} className="mt-px" />
                <span className="min-w-0 break-words">
                  <FindingText text={finding.message} />
                </span>
              </button>
              {open === key && (
                <OpenedFinding
                  finding={finding}
                  source={source}
                  onClose={() => {
                    setOpen(null);
                    focus(index);
                  }}
                />
              )}
            </li>
          );
        })}
      </ul>
      {count > shown.length && (
        <div className="flex flex-wrap items-center gap-3 text-muted text-sm">
          <span>
            {formatNumber(shown.length, format)} of {formatNumber(count, format)} are shown.
          </span>
          {some.length > shown.length && (
            <Button size="sm" look="ghost" onClick={() => setMost(most + shownAtOnce)}>
              Show more
            </Button>
          )}
        </div>
      )}
    </section>
  );
}

/** In the order of the file, what must be mended before what may stay. */
function errorsFirst(findings: Finding[], only: FindingCode | null): Finding[] {
  const some = only === null ? findings : findings.filter(({ code }) => code === only);
  const { error = [], warning = [] } = Object.groupBy(some, ({ severity }) => severity);
  return [...error, ...warning];
}

function keyOf({ line, column, code }: Finding): string {
  return `${line}:${column}:${code}`;
}
