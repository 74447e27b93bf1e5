'use client';
import { CircleAlert, TriangleAlert } from 'lucide-react';
import { useFormat } from '#components/ui/format-context';
import { Menu, MenuItem, MenuLabel } from '#components/ui/menu';
import { cn } from '#lib/cn';
import { formatNumber } from '#lib/format';
import type { Problem } from './outgoing-form.ts';

const shownAtMost = 40;

/** Every finding of the form, each the way to where it stands. */
export function FindingsMenu({
  problems,
  words,
  onShow,
}: {
  problems: Problem[];
  words: string;
  onShow: (problem: Problem) => void;
}) {
  const format = useFormat();
  const shown = problems.slice(0, shownAtMost).map((problem, n) => ({ ...problem, key: `${n}` }));
  const isBad = problems.some(({ severity }) => severity === 'error');
  return (
    <Menu
      label={words}
      look="ghost"
      size="sm"
      align="start"
      className={cn('-my-1 -ml-2.5 px-2.5 font-normal', isBad ? 'text-bad!' : 'text-warn!')}
    >
      {shown.map((problem) => {
        const Icon = problem.severity === 'error' ? CircleAlert : TriangleAlert;
        return (
          <MenuItem
            key={problem.key}
            icon={<Icon aria-hidden className={problem.severity === 'error' ? 'text-bad!' : 'text-warn!'} />}
            onClick={() => onShow(problem)}
            className="items-start"
          >
            <span className="text-muted text-xs">
              {problem.where}, {problem.param}
            </span>
            <span className="text-pretty">{problem.message}</span>
          </MenuItem>
        );
      })}
      {problems.length > shownAtMost && (
        <MenuLabel>{`The first ${shownAtMost} of ${formatNumber(problems.length, format)}`}</MenuLabel>
      )}
    </Menu>
  );
}
