'use client';
import { Wrench } from 'lucide-react';
import { useState } from 'react';
import { Button } from '#components/ui/button';
import { Menu, MenuItem } from '#components/ui/menu';
import { piece } from '#components/ui/piece';
import type { FileDialect } from '#lib/model/file';
import type { CodeCounts } from '#lib/model/finding';
import type { FileSource } from './file-source.ts';
import { type Suggestion, suggestRepairs } from './suggest-repairs.ts';

const RepairDialog = piece(() => import('./repair-dialog.tsx').then((module) => module.RepairDialog));

/** What can be done to the whole file with one click; each is shown before it is done. */
export function RepairBar({
  codes,
  dialect,
  source,
}: {
  codes: CodeCounts;
  dialect: FileDialect | null;
  source: FileSource;
}) {
  const [chosen, setChosen] = useState<Suggestion | null>(null);
  const { wanted, others } = suggestRepairs(codes, dialect);
  return (
    <div className="flex flex-wrap items-center gap-2">
      {wanted.map((suggestion) => (
        <Button key={suggestion.label} size="sm" onClick={() => setChosen(suggestion)}>
          {suggestion.label}
        </Button>
      ))}
      <Menu
        label={wanted.length > 0 ? 'More repairs' : 'Repairs'}
        size="sm"
        look="ghost"
        align="start"
        icon={<Wrench aria-hidden />}
      >
        {others.map((suggestion) => (
          <MenuItem key={suggestion.label} onClick={() => setChosen(suggestion)}>
            {suggestion.label}
          </MenuItem>
        ))}
      </Menu>
      {chosen && <RepairDialog suggestion={chosen} source={source} onClose={() => setChosen(null)} />}
    </div>
  );
}
