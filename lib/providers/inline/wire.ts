import 'server-only';
import { z } from 'zod';
import {
  anything,
  looseNumber as number,
  loosePairs as pairs,
  looseText as text,
} from '#lib/providers/loose-fields';

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

/** Every field of every documented answer, each of them optional. */
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
  submit_time: anything,
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
  metadata: pairs,
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
