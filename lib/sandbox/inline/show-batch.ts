import 'server-only';
import type { SandboxBatch } from '#lib/sandbox/batch';
import { noSuchModel } from '#lib/sandbox/models/failing';
import { seconds } from '#lib/sandbox/seconds';
import type { Standing } from '#lib/sandbox/standing';

/** The quickstart's batch object, with its empty strings and all its keys. */
export function batchObject(batch: SandboxBatch, at: Standing) {
  const ended = (status: Standing['status']) => (at.status === status ? seconds(at.endedAt) : null);
  return {
    cancelled_at: ended('cancelled'),
    cancelling_at: seconds(at.cancellingAt),
    completed_at: ended('completed'),
    completion_window: '24h',
    created_at: seconds(batch.createdAt),
    endpoint: '',
    error_file_id: '',
    errors:
      at.status === 'failed' ? { object: 'list', data: [{ ...noSuchModel, param: null, line: null }] } : null,
    expired_at: ended('expired'),
    expires_at: seconds(batch.createdAt + 86_400_000),
    failed_at: ended('failed'),
    finalizing_at: seconds(at.finalizingAt),
    id: batch.id,
    in_progress_at: seconds(at.startedAt),
    input_file_id: batch.fileId,
    metadata: batch.metadata,
    object: 'batch',
    output_file_id: '',
    request_counts: countsAt(at),
    status: at.status,
  };
}

function countsAt(at: Standing) {
  if (at.contents?.course.quiet && !at.over) return { completed: 0, failed: 0, total: 0 };
  return { completed: at.succeeded, failed: at.failed + at.expired, total: at.contents?.requests ?? 0 };
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
      bytes: at.contents?.bytes ?? 0,
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
