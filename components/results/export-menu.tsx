'use client';
import dynamic from 'next/dynamic';
import { useState } from 'react';
import { Menu, MenuItem, MenuLabel, MenuLink } from '#components/ui/menu';
import { apiPaths, type ExportName, exportNames } from '#lib/paths';
import { askedBy, noFilter, type ShownFilter, searchOf } from './shown-filter.ts';

const ColumnsDialog = dynamic(() => import('./columns-dialog.tsx').then((m) => m.ColumnsDialog));

const saying: Record<ExportName, string> = {
  'input.jsonl': 'what was sent',
  'output.jsonl': 'what came back, in the order sent',
  'results.csv': 'a row per request, for spreadsheets',
  'errors.jsonl': 'what did not succeed, and why',
  'merged.jsonl': 'every request beside its answer',
  'results.sqlite': 'a row per request, to be queried',
};

/** Every form the results can be had in, whole or as the table shows them. */
export function ExportMenu({
  batchId,
  filter = noFilter,
  label,
  size,
  children,
}: {
  batchId: string;
  filter?: ShownFilter;
  label: string;
  size?: 'sm' | 'md';
  /** What of it. */
  children: string;
}) {
  const [choosing, setChoosing] = useState(false);
  const address = (name: ExportName, more: Record<string, string> = {}) => {
    const words = searchOf({ ...askedBy(filter), ...more });
    return apiPaths.export(batchId, name) + (words === '' ? '' : `?${words}`);
  };
  return (
    <>
      <Menu label={label} size={size}>
        <MenuLabel>{children}</MenuLabel>
        {exportNames.map((name) => (
          <Form key={name} name={name} href={address(name)} words={saying[name]} />
        ))}
        <Form
          name="results.sqlite, with bodies"
          href={address('results.sqlite', { bodies: '1' })}
          words="requests and answers in it too"
        />
        <MenuItem onClick={() => setChoosing(true)}>
          <FormWords name="results.csv, with columns…" words="values from the JSON of each row" />
        </MenuItem>
      </Menu>
      {choosing && (
        <ColumnsDialog
          batchId={batchId}
          hrefOf={(columns) => address('results.csv', { columns: columns.join(',') })}
          onClose={() => setChoosing(false)}
        />
      )}
    </>
  );
}

function Form({ name, href, words }: { name: string; href: string; words: string }) {
  return (
    <MenuLink href={href} download>
      <FormWords name={name} words={words} />
    </MenuLink>
  );
}

function FormWords({ name, words }: { name: string; words: string }) {
  return (
    <span className="grid">
      <span className="font-mono text-xs">{name}</span>
      <span className="text-muted text-xs">{words}</span>
    </span>
  );
}
