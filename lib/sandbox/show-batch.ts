import 'server-only';
import type { SandboxBatch } from './batch.ts';
import type { Standing } from './standing.ts';

/** The quickstart's batch object, with its empty strings and all its keys. */
export function batchObject(batch: SandboxBatch, at: Standing) {
  const counting = !batch.quiet || at.over;
  return {
    cancelled_at: at.status === 'cancelled' ? seconds(at.endedAt) : null,
    cancelling_at: seconds(at.cancellingAt),
    completed_at: at.status === 'completed' ? seconds(at.endedAt) : null,
    completion_window: '24h',
    created_at: seconds(batch.createdAt),
    endpoint: '',
    error_file_id: '',
    errors: null,
    expired_at: null,
    expires_at: seconds(batch.createdAt + 86_400_000),
    failed_at: null,
    finalizing_at: seconds(at.finalizingAt),
    id: batch.id,
    in_progress_at: seconds(at.startedAt),
    input_file_id: batch.fileId,
    metadata: batch.metadata,
    object: 'batch',
    output_file_id: '',
    request_counts: counting
      ? { completed: at.completed, failed: at.failed, total: batch.requests }
      : { completed: 0, failed: 0, total: 0 },
    status: at.status,
  };
}

/** What create answers. */
export function createAnswer(batch: SandboxBatch, at: Standing) {
  return {
    batch: {
      ...batchObject(batch, at),
      completed_at: null,
      finalizing_at: null,
      in_progress_at: null,
      request_counts: { completed: 0, failed: 0, total: 0 },
      status: 'validating',
    },
    batch_id: batch.id,
    file: {
      bytes: batch.bytes,
      created_at: seconds(batch.createdAt),
      filename: 'batch.jsonl',
      id: batch.fileId,
      object: 'file',
      purpose: 'batch',
      status: 'processed',
    },
    file_id: batch.fileId,
    task_id: batch.taskId,
    task_status: 'NOT_START',
  };
}

/** What get and cancel answer while it runs. The quickstart's cancel speaks of `processing_status`. */
export function statusAnswer(batch: SandboxBatch, at: Standing) {
  const spoken = at.status === 'cancelling' ? { processing_status: 'canceling' } : {};
  return { ...batchObject(batch, at), batch_id: batch.id, ...spoken };
}

function seconds(time: number | null): number | null {
  return time === null ? null : Math.floor(time / 1000);
}
