'use client';
import { useFormat } from '#components/ui/format-context';
import { StatusIcon } from '#components/ui/status-icon';
import { formatNumber } from '#lib/format';
import type { BatchFile } from '#lib/model/file';

/** Whether a batch can be made of it, in a word. */
export function FileVerdict({
  file: { findings, usable },
}: {
  file: Pick<BatchFile, 'findings' | 'usable'>;
}) {
  const format = useFormat();
  const { errors, warnings } = findings;
  const count = (n: number, word: string) => `${formatNumber(n, format)} ${word}${n === 1 ? '' : 's'}`;
  if (errors > 0) return <StatusIcon shape="failed" tone="bad" word={count(errors, 'error')} />;
  if (!usable) return <StatusIcon shape="failed" tone="bad" word="no requests" />;
  if (warnings > 0) return <StatusIcon shape="partly" tone="warn" word={count(warnings, 'warning')} />;
  return <StatusIcon shape="done" tone="ok" word="usable" />;
}
