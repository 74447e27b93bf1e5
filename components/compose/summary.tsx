'use client';
import { Send } from 'lucide-react';
import type { ReactNode } from 'react';
import { Button } from '#components/ui/button';
import { useFormat } from '#components/ui/format-context';
import { formatBytes, formatNumber } from '#lib/format';
import { CreateProgress } from './create-progress.tsx';
import { type Draft, type Target, whereTo } from './draft.ts';
import type { Creating } from './use-create.ts';

/** What would be sent if the button were pressed now. Always true, whatever door is open. */
export function Summary({
  draft,
  target,
  reason,
  creating,
  onCreate,
  onCancel,
}: {
  draft: Draft;
  target: Target | null;
  reason: string | null;
  creating: Creating;
  onCreate: () => void;
  onCancel: () => void;
}) {
  const format = useFormat();
  const busy = creating.step !== 'idle' && creating.step !== 'failed';
  return (
    <aside aria-label="Summary" className="lg:sticky lg:top-8 lg:self-start">
      <div className="grid gap-4 rounded-panel border border-line bg-surface p-5">
        <h2 className="font-semibold text-lg">What will be sent</h2>
        <dl className="grid gap-2.5 text-sm">
          <Fact name="Requests">
            <span className="tabular">{formatNumber(draft.requests, format)}</span>
          </Fact>
          <Fact name="Findings">
            <Findings draft={draft} />
          </Fact>
          <Fact name={draft.models.length > 1 ? 'Models' : 'Model'}>
            {draft.models.length === 0 ? (
              <span className="text-muted">none yet</span>
            ) : (
              <span className="break-all font-mono text-xs">{some(draft.models)}</span>
            )}
          </Fact>
          <Fact name="Size">
            <span className="tabular">{formatBytes(draft.bytes, format)}</span>
          </Fact>
          <Fact name="Goes to">
            <span className="break-words">
              {target?.name ?? <span className="text-muted">nowhere yet</span>}
            </span>
            {target && <span className="block break-words text-muted text-xs">{whereTo(target)}</span>}
          </Fact>
        </dl>
        <div className="grid gap-2">
          <Button
            look="accent"
            size="lg"
            busy={busy}
            reason={reason}
            icon={<Send aria-hidden />}
            onClick={onCreate}
            className="w-full"
          >
            Create batch
          </Button>
          {reason && !busy && <p className="text-pretty text-muted text-sm">{reason}</p>}
        </div>
        <CreateProgress creating={creating} onCancel={onCancel} onRetry={onCreate} />
      </div>
    </aside>
  );
}

function Fact({ name, children }: { name: string; children: ReactNode }) {
  return (
    <div className="grid grid-cols-[5.5rem_minmax(0,1fr)] gap-3">
      <dt className="text-muted">{name}</dt>
      <dd>{children}</dd>
    </div>
  );
}

function Findings({ draft: { errors, warnings, requests } }: { draft: Draft }) {
  const format = useFormat();
  if (errors > 0) {
    return (
      <span className="text-bad">
        {formatNumber(errors, format)} to fix{warnings > 0 && `, ${formatNumber(warnings, format)} to note`}
      </span>
    );
  }
  if (warnings > 0) return <span className="text-warn">{formatNumber(warnings, format)} to note</span>;
  return requests > 0 ? <span className="text-ok">none</span> : <span className="text-muted">none yet</span>;
}

function some(models: string[]): string {
  const shown = models.slice(0, 3).join(', ');
  return models.length > 3 ? `${shown} and ${models.length - 3} more` : shown;
}
