'use client';
import { Send } from 'lucide-react';
import type { ReactNode } from 'react';
import { Button } from '#components/ui/button';
import { useFormat } from '#components/ui/format-context';
import { piece } from '#components/ui/piece';
import { formatBytes, formatNumber } from '#lib/format';
import { FindingsMenu } from './findings-menu.tsx';
import { type Outgoing, partsOf, type Target, whereTo } from './outgoing.ts';
import type { Problem } from './outgoing-form.ts';
import type { Creating } from './use-create.ts';

const CreateProgress = piece(() => import('./create-progress.tsx').then((m) => m.CreateProgress));

/** What would be sent if the button were pressed now. Always true, whatever door is open. */
export function Summary({
  outgoing,
  target,
  reason,
  creating,
  onCreate,
  onCancel,
  problems,
  onShow,
  children,
}: {
  outgoing: Outgoing;
  target: Target | null;
  reason: string | null;
  creating: Creating;
  onCreate: () => void;
  onCancel: () => void;
  /** The findings one by one, where there is a place to go to. */
  problems: Problem[];
  onShow: (problem: Problem) => void;
  children?: ReactNode;
}) {
  const format = useFormat();
  const [first] = problems;
  const busy = creating.step !== 'idle' && creating.step !== 'failed';
  return (
    <aside aria-label="Summary">
      <div className="grid gap-4 rounded-panel border border-line bg-surface p-5">
        <h2 className="font-semibold text-lg">What will be sent</h2>
        <dl className="grid gap-2.5 text-sm">
          <Fact name="Requests">
            <span className="tabular">{formatNumber(outgoing.requests, format)}</span>
          </Fact>
          <Fact name="Findings">
            <Findings outgoing={outgoing} problems={problems} onShow={onShow} />
          </Fact>
          <Fact name={outgoing.models.length > 1 ? 'Models' : 'Model'}>
            {outgoing.models.length === 0 ? (
              <span className="text-muted">none yet</span>
            ) : (
              <span className="break-all font-mono text-xs">{some(outgoing.models)}</span>
            )}
          </Fact>
          {outgoing.tokens && (
            <Fact name="Tokens">
              <Tokens {...outgoing.tokens} />
            </Fact>
          )}
          <Fact name="Size">
            <span className="tabular">{formatBytes(outgoing.bytes, format)}</span>
          </Fact>
          {target && partsOf(outgoing, target) > 1 && (
            <Fact name="Parts">
              <span className="tabular">{formatNumber(partsOf(outgoing, target), format)} or more</span>
            </Fact>
          )}
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
          {reason && !busy && (
            <p className="text-pretty text-muted text-sm">
              {reason}
              {first?.severity === 'error' && (
                <>
                  {' '}
                  <button
                    type="button"
                    onClick={() => onShow(first)}
                    className="text-accent underline-offset-4 hover:underline"
                  >
                    Show it
                  </button>
                </>
              )}
            </p>
          )}
          {children}
        </div>
        {creating.step !== 'idle' && (
          <CreateProgress creating={creating} onCancel={onCancel} onRetry={onCreate} />
        )}
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

function Findings({
  outgoing: { errors, warnings, requests },
  problems,
  onShow,
}: {
  outgoing: Outgoing;
  problems: Problem[];
  onShow: (problem: Problem) => void;
}) {
  const format = useFormat();
  if (problems.length > 0) {
    const words = [
      errors > 0 && `${formatNumber(errors, format)} to fix`,
      warnings > 0 && `${formatNumber(warnings, format)} to note`,
    ];
    return <FindingsMenu problems={problems} words={words.filter(Boolean).join(', ')} onShow={onShow} />;
  }
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

/** An estimate, and said to be one. */
function Tokens({ input, output }: { input: number; output: number | null }) {
  const format = useFormat();
  return (
    <span className="tabular">
      about {formatNumber(input, format)} in
      {output !== 0 && (
        <span className="block text-muted text-xs">
          {output === null ? 'no limit on what comes back' : `at most ${formatNumber(output, format)} out`}
        </span>
      )}
    </span>
  );
}

function some(models: string[]): string {
  const shown = models.slice(0, 3).join(', ');
  return models.length > 3 ? `${shown} and ${models.length - 3} more` : shown;
}
