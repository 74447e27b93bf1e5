'use client';
import { Download, FileText, Undo2, X } from 'lucide-react';
import { useEffect, useMemo } from 'react';
import { FindingWalk } from '#components/findings/finding-walk';
import { loadMenders } from '#components/findings/load-menders';
import { RepairBar } from '#components/findings/repair-bar';
import { Button } from '#components/ui/button';
import { useFormat } from '#components/ui/format-context';
import { IconButton } from '#components/ui/icon-button';
import { Bytes } from '#components/ui/num';
import { StatusIcon } from '#components/ui/status-icon';
import { formatNumber } from '#lib/format';
import type { LineRules } from '#lib/jsonl/line-rules';
import { CheckProgress } from './check-progress.tsx';
import { downloadBlob } from './download-blob.ts';
import { localSource } from './local-source.ts';
import { type PickedFile, stemOf } from './picked.ts';
import type { Picker } from './picker.ts';

/** One picked file: how its check went, what was found, and what can be done about it. */
export function FileCard({
  file,
  rules,
  picker,
  onReplace,
}: {
  file: PickedFile;
  rules: LineRules;
  picker: Picker;
  /** Null where it is one of several, and says as little as it can. */
  onReplace: (() => void) | null;
}) {
  const { key, name, blob, check, summary, repairs } = file;
  const source = useMemo(() => localSource(picker, key, blob, rules), [picker, key, blob, rules]);
  const hasFindings = summary !== null && summary.errors + summary.warnings > 0;
  useEffect(() => {
    if (hasFindings) loadMenders().catch(() => {});
  }, [hasFindings]);

  const last = repairs.at(-1);
  const format = useFormat();
  const isQuiet = onReplace === null && check.state === 'done' && summary?.errors === 0;
  return (
    <article aria-label={name} className="grid min-w-0 gap-4">
      <div className="flex flex-wrap items-center gap-x-3 gap-y-2">
        <FileText aria-hidden className="size-5 shrink-0 text-muted" />
        <div className="min-w-0 flex-1 basis-24">
          <h2 className="truncate font-medium" title={name}>
            {name}
          </h2>
          <p className="text-muted text-sm">
            <Bytes value={blob.size} />
            {repairs.length > 0 && ' · repaired here'}
            {isQuiet &&
              ` · ${formatNumber(summary.requests, format)} ${summary.requests === 1 ? 'request' : 'requests'}`}
          </p>
        </div>
        {isQuiet && <StatusIcon shape="done" tone="ok" word="right" className="text-sm" />}
        {last && (
          <>
            <IconButton label={`Undo: ${last.title}`} onClick={() => picker.undo(key)}>
              <Undo2 aria-hidden />
            </IconButton>
            <IconButton
              label="Download the repaired file"
              onClick={() => downloadBlob(blob, `${stemOf(name)}.repaired.jsonl`)}
            >
              <Download aria-hidden />
            </IconButton>
          </>
        )}
        {onReplace && <Button onClick={onReplace}>Replace</Button>}
        <IconButton label={`Remove ${name}`} onClick={() => picker.remove(key)}>
          <X aria-hidden />
        </IconButton>
      </div>
      {!isQuiet && <CheckProgress check={check} onStop={() => picker.remove(key)} />}
      {summary && summary.lines > 0 && (
        <RepairBar codes={summary.codes} dialect={summary.dialect} source={source} />
      )}
      {summary && (
        <FindingWalk
          findings={summary.findings}
          codes={summary.codes}
          total={summary.errors + summary.warnings}
          source={source}
        />
      )}
    </article>
  );
}
