'use client';
import { RotateCcw } from 'lucide-react';
import { Button } from '#components/ui/button';
import type { Batch } from '#lib/model/batch';
import { type RetryWish, usualWish, whyNotRetry } from './retry-wish.ts';

export function RetryButton({
  batch,
  mayOperate,
  onRetry,
}: {
  batch: Batch;
  mayOperate: boolean;
  onRetry: (wish: RetryWish) => void;
}) {
  return (
    <Button
      icon={<RotateCcw aria-hidden />}
      reason={whyNotRetry(batch, mayOperate)}
      onClick={() => onRetry(usualWish(batch.counts))}
    >
      Retry failed
    </Button>
  );
}
