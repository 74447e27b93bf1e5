import 'server-only';
import { z } from 'zod';
import { anything, looseNumber as number, looseText as text } from '#lib/providers/loose-fields';

const counts = z.object({
  processing: number,
  succeeded: number,
  errored: number,
  canceled: number,
  expired: number,
});

const batch = z.object({
  id: text,
  processing_status: text,
  request_counts: counts.nullable().catch(null),
  created_at: anything,
  expires_at: anything,
  cancel_initiated_at: anything,
  archived_at: anything,
  results_url: text,
});

export type BatchWire = z.infer<typeof batch>;

export function parseBatch(value: unknown): BatchWire | null {
  const found = batch.safeParse(value);
  return found.success && found.data.id !== '' ? found.data : null;
}
