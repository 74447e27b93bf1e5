'use client';
import { useId } from 'react';
import { Band } from '#components/ui/band';
import { useFormat } from '#components/ui/format-context';
import { formatNumber } from '#lib/format';
import { CheckProgress } from './check-progress.tsx';
import { hasErrors, type PickedFiles, prefixesFor } from './picked.ts';
import type { Picker } from './picker.ts';

const choices = [
  { value: 'one', label: 'One batch of all', help: 'The lines go out in the order of the files.' },
  { value: 'each', label: 'One batch for each file', help: 'Each takes the name of its file.' },
] as const;

/** What several files become, and where their ids meet. */
export function SeveralFiles({ files, become, whole, picker }: PickedFiles & { picker: Picker }) {
  const id = useId();
  const faulty = files.filter(hasErrors).length;
  return (
    <div className="grid gap-4">
      <fieldset className="grid gap-2 sm:grid-cols-2">
        <legend className="mb-2 font-medium text-sm">{files.length} files become</legend>
        {choices.map(({ value, label, help }) => (
          <label
            key={value}
            className="flex cursor-pointer items-start gap-2.5 rounded-control border border-line-strong px-3 py-2.5 transition-colors hover:bg-hover has-checked:border-accent has-checked:bg-accent/5"
          >
            <input
              type="radio"
              name={id}
              value={value}
              checked={become === value}
              onChange={() => picker.become(value)}
              className="mt-0.5 accent-accent"
            />
            <span className="grid text-sm">
              <span className="font-medium">{label}</span>
              <span className="text-muted">{help}</span>
            </span>
          </label>
        ))}
      </fieldset>
      {become === 'one' && faulty > 0 && (
        <p className="text-muted text-sm">
          The files are put together as soon as {faulty === 1 ? 'the faulty one is' : 'the faulty ones are'}{' '}
          right.
        </p>
      )}
      {become === 'one' && whole && (
        <section aria-label="All files together" className="grid gap-3">
          <CheckProgress check={whole.check} onStop={() => picker.become('each')} />
          <Clashes files={files} whole={whole} />
          {whole.check.state === 'done' && whole.check.summary.errors > 0 && (
            <ul className="grid gap-1 text-bad text-sm">
              {whole.check.summary.findings.slice(0, 5).map(({ message }) => (
                <li key={message}>{message}</li>
              ))}
            </ul>
          )}
        </section>
      )}
    </div>
  );
}

function Clashes({
  files,
  whole,
}: {
  files: PickedFiles['files'];
  whole: NonNullable<PickedFiles['whole']>;
}) {
  const format = useFormat();
  const prefixes = prefixesFor(files.map(({ name }) => name));
  return whole.clashes.map(({ count, samples }, n) => {
    const file = files[n];
    if (count === 0 || !file) return null;
    const ids = count === 1 ? '1 id' : `${formatNumber(count, format)} ids`;
    return (
      <Band key={file.key} tone="info" title={`${ids} of ${file.name} also stand in a file before it.`}>
        There the prefix <code className="font-mono text-xs">{prefixes[n]}</code> is added:{' '}
        {samples.map(({ id, becomes }, at) => (
          <span key={id}>
            {at > 0 && ', '}
            <code className="break-all font-mono text-xs [unicode-bidi:isolate]">
              {id} → {becomes}
            </code>
          </span>
        ))}
        {count > samples.length && ' …'}
      </Band>
    );
  });
}
