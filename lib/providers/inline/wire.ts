import 'server-only';
import { z } from 'zod';

/** Every field of every documented answer, each of them optional: `""` and 0 stand for nothing here. */
const text = z.string().catch('');
const number = z.unknown().optional().transform(toNumber);
const anything = z.unknown().optional();

const counts = z
  .object({
    total: number,
    completed: number,
    failed: number,
    processing: number,
    succeeded: number,
    errored: number,
    canceled: number,
    cancelled: number,
    expired: number,
  })
  .nullable()
  .catch(null);

const batch = z.object({
  id: text,
  batch_id: text,
  status: text,
  processing_status: text,
  task_status: text,
  request_counts: counts,
  total_requests: number,
  completed_count: number,
  failed_count: number,
  progress: anything,
  created_at: anything,
  expires_at: anything,
  cancelled_at: anything,
  cancelling_at: anything,
  cancel_initiated_at: anything,
  errors: anything,
  error: anything,
  fail_reason: anything,
  result_url: text,
  results_url: text,
  fees: anything,
  metadata: z.record(z.string(), z.unknown()).nullable().catch(null),
});

const wrapper = z.object({ batch, batch_id: text, task_status: text });

export type BatchWire = z.infer<typeof batch>;

/** Takes the flat batch object, the task object, and the wrapper around either. Null for anything else. */
export function parseBatch(value: unknown): BatchWire | null {
  const wrapped = wrapper.safeParse(value);
  if (wrapped.success) {
    const { batch: inner, batch_id, task_status } = wrapped.data;
    return { ...inner, batch_id, task_status };
  }
  const flat = batch.safeParse(value);
  return flat.success ? flat.data : null;
}

export function parseList(value: unknown): { items: BatchWire[]; hasMore: boolean } {
  const list = z.object({ data: z.array(z.unknown()), has_more: z.boolean().catch(false) }).safeParse(value);
  if (!list.success) return { items: [], hasMore: false };
  return { items: list.data.data.flatMap((item) => parseBatch(item) ?? []), hasMore: list.data.has_more };
}

function toNumber(value: unknown): number | null {
  const given = typeof value === 'string' && value.trim() !== '' ? Number(value) : value;
  return typeof given === 'number' && Number.isFinite(given) ? given : null;
}
