'use client';
import { Activity } from 'lucide-react';
import { Button } from '#components/ui/button';
import type { ButtonLook, ButtonSize } from '#components/ui/button-class';
import type { Connection } from '#lib/model/connection';
import { useIsChecking, useStartCheck } from './use-check.ts';

/** One harmless call, made now. */
export function CheckButton({
  connection,
  mayOperate,
  look,
  size,
}: {
  connection: Connection;
  mayOperate: boolean;
  look?: ButtonLook;
  size?: ButtonSize;
}) {
  const start = useStartCheck();
  const checking = useIsChecking(connection.id);
  return (
    <Button
      look={look}
      size={size}
      icon={<Activity aria-hidden />}
      busy={checking}
      aria-label={`Check ${connection.name} now`}
      reason={mayOperate ? connection.locked : 'Your role may read connections, not check them.'}
      onClick={() => start(connection)}
    >
      Check now
    </Button>
  );
}
