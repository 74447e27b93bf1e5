import { Badge, type Tone } from '#components/ui/badge';
import { StatusIcon, type StatusShape } from '#components/ui/status-icon';
import { cn } from '#lib/cn';
import type { Flag, Outcome } from '#lib/model/result';

const looks: Record<Outcome, { shape: StatusShape; tone: Tone }> = {
  succeeded: { shape: 'done', tone: 'ok' },
  failed: { shape: 'failed', tone: 'bad' },
  cancelled: { shape: 'stopped', tone: 'idle' },
  expired: { shape: 'expired', tone: 'warn' },
  missing: { shape: 'waiting', tone: 'warn' },
  unparseable: { shape: 'unknown', tone: 'bad' },
};

export function OutcomeWord({ outcome, flags = [] }: { outcome: Outcome; flags?: Flag[] }) {
  return (
    <span className="inline-flex items-center gap-2 align-middle">
      <StatusIcon
        {...looks[outcome]}
        word={outcome}
        className={cn(flags.length > 0 && '@max-[38rem]:gap-0 @max-[38rem]:text-[0px]')}
      />
      {flags.map((flag) => (
        <Badge key={flag} tone="warn">
          {flag}
        </Badge>
      ))}
    </span>
  );
}
