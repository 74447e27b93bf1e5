'use client';
import { useQuery } from '@tanstack/react-query';
import { useRouter } from 'next/navigation';
import { type KeyboardEvent, type ReactNode, useDeferredValue, useEffect, useRef, useState } from 'react';
import { useFormat, useNow } from '#components/ui/format-context';
import { cn } from '#lib/cn';
import { formatRelative } from '#lib/format';
import { paths } from '#lib/paths';
import { type Command, commandsFor, matching } from './palette-commands.ts';
import { foundBatchesQuery } from './palette-queries.ts';
import { useTheme } from './theme.tsx';

/** Everything by its name: places, actions and every batch. Type, walk with the arrows, Enter. */
export function Palette({ onClose }: { onClose: () => void }) {
  const router = useRouter();
  const format = useFormat();
  const now = useNow();
  const [, setTheme] = useTheme();
  const dialog = useRef<HTMLDialogElement>(null);
  const [text, setText] = useState('');
  const [at, setAt] = useState(0);
  const q = useDeferredValue(text.trim());
  const { data, isFetching } = useQuery(foundBatchesQuery(q));

  useEffect(() => {
    const before = document.activeElement;
    dialog.current?.showModal();
    return () => {
      if (before instanceof HTMLElement && before.isConnected) before.focus();
    };
  }, []);

  const commands = matching(commandsFor({ go: router.push, setTheme }), q);
  const batches = (data?.items ?? []).map(
    (batch): Command => ({
      id: batch.id,
      name: batch.name,
      hint: `${batch.connection.name} · ${formatRelative(batch.times.created, now, format)}`,
      run: () => router.push(paths.batch(batch.id)),
    }),
  );
  const all = [...commands, ...batches];
  const active = all[Math.min(at, all.length - 1)];

  function run(command: Command | undefined) {
    if (!command) return;
    onClose();
    command.run();
  }

  function point(command: Command) {
    setAt(all.indexOf(command));
  }

  function onKeyDown(event: KeyboardEvent) {
    const step = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0;
    if (step !== 0) setAt((all.length + Math.min(at, all.length - 1) + step) % Math.max(1, all.length));
    else if (event.key === 'Enter') run(active);
    else return;
    event.preventDefault();
  }

  return (
    <dialog
      ref={dialog}
      aria-label="Command palette"
      onCancel={(event) => {
        event.preventDefault();
        onClose();
      }}
      onPointerDown={(event) => event.target === dialog.current && onClose()}
      className="appear mx-auto mt-[12dvh] max-h-[70dvh] w-[min(36rem,calc(100%-2rem))] flex-col overflow-hidden rounded-panel bg-raised p-0 text-ink shadow-float open:flex"
    >
      <input
        role="combobox"
        aria-label="Search batches and commands"
        aria-expanded
        aria-controls="palette-choices"
        aria-activedescendant={active ? `palette-${active.id}` : undefined}
        autoComplete="off"
        spellCheck={false}
        value={text}
        placeholder="Search batches and commands"
        onChange={(event) => {
          setText(event.target.value);
          setAt(0);
        }}
        onKeyDown={onKeyDown}
        className="h-12 w-full shrink-0 border-b bg-transparent px-4 text-base outline-none"
      />
      <div id="palette-choices" role="listbox" aria-label="Choices" className="overflow-y-auto p-1.5">
        <Group title="Commands" of={commands} active={active} onRun={run} onPoint={point} />
        <Group
          title={q ? 'Batches' : 'Latest batches'}
          of={batches}
          active={active}
          onRun={run}
          onPoint={point}
        />
        {all.length === 0 && (
          <p role="status" className="px-3 py-6 text-center text-muted text-sm">
            {isFetching ? 'Looking…' : `Nothing is called “${q}”.`}
          </p>
        )}
      </div>
    </dialog>
  );
}

function Group({
  title,
  of,
  active,
  onRun,
  onPoint,
}: {
  title: string;
  of: Command[];
  active: Command | undefined;
  onRun: (command: Command) => void;
  onPoint: (command: Command) => void;
}): ReactNode {
  if (of.length === 0) return null;
  return (
    <div>
      <p aria-hidden className="px-2.5 pt-2 pb-1 text-muted text-xs">
        {title}
      </p>
      {of.map((command) => (
        // The focus stays in the input: keys are handled there.
        <div
          key={command.id}
          id={`palette-${command.id}`}
          role="option"
          tabIndex={-1}
          aria-selected={command === active}
          ref={(row) => {
            if (command === active) row?.scrollIntoView({ block: 'nearest' });
          }}
          onPointerMove={() => onPoint(command)}
          onClick={() => onRun(command)}
          onKeyDown={() => {}}
          className={cn(
            'flex cursor-default items-center justify-between gap-4 rounded-control px-2.5 py-2 text-sm',
            command === active && 'bg-hover',
          )}
        >
          <span className="min-w-0 truncate">{command.name}</span>
          <span className="shrink-0 text-muted text-xs">{command.hint}</span>
        </div>
      ))}
    </div>
  );
}
