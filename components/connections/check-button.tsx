'use client';
import { Activity } from 'lucide-react';
import { Button } from '#components/ui/button';
import { cn } from '#lib/cn';
import type { Connection } from '#lib/model/connection';
import { useIsChecking, useStartCheck } from './use-check.ts';

/** One harmless call, made now. */
export function CheckButton({
  connection,
  mayOperate,
  inRow = false,
}: {
  connection: Connection;
  mayOperate: boolean;
  /** Quieter, and only its sign where there is little room. */
  inRow?: boolean;
}) {
  const start = useStartCheck();
  const checking = useIsChecking(connection.id);
  return (
    <Button
      look={inRow ? 'ghost' : 'quiet'}
      size={inRow ? 'sm' : 'md'}
      icon={<Activity aria-hidden />}
      busy={checking}
      aria-label={`Check now, ${connection.name}`}
      reason={mayOperate ? connection.locked : 'Your role may read connections, not check them.'}
      onClick={() => start(connection)}
    >
      <span className={cn(inRow && '@max-3xl:sr-only')}>Check now</span>
    </Button>
  );
}
