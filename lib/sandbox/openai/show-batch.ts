import 'server-only';
import type { LineError, ResultRole } from '#lib/sandbox/batch';
import { noSuchModel } from '#lib/sandbox/models/failing';
import type { Shelved } from '#lib/sandbox/read-shelved';
import { seconds } from '#lib/sandbox/seconds';
import type { Standing } from '#lib/sandbox/standing';

/** The twenty keys of a batch, nulls written out. */
export function batchObject(found: Shelved, at: Standing, lag = false) {
  const { batch } = found;
  const ended = (status: Standing['status']) => (at.status === status ? seconds(at.endedAt) : null);
  const fileId = (role: ResultRole) => (lag ? null : resultFileId(found, at, role));
  return {
    id: batch.id,
    object: 'batch',
    endpoint: batch.order?.endpoint ?? '',
    errors: at.status === 'failed' ? { object: 'list', data: errorsOf(found) } : null,
    input_file_id: batch.fileId,
    completion_window: '24h',
    status: at.status,
    output_file_id: fileId('output'),
    error_file_id: fileId('error'),
    created_at: seconds(batch.createdAt),
    in_progress_at: seconds(at.startedAt),
    expires_at: seconds(batch.createdAt + 86_400_000),
    finalizing_at: seconds(at.finalizingAt),
    completed_at: ended('completed'),
    failed_at: ended('failed'),
    expired_at: ended('expired'),
    cancelling_at: seconds(at.cancellingAt),
    cancelled_at: ended('cancelled'),
    request_counts: countsAt(at),
    metadata: batch.metadata,
  };
}

/** A file of results is there once the batch is over, and only if something is in it. */
export function resultFileId({ batch }: Shelved, at: Standing, role: ResultRole): string | null {
  if (!batch.order || !at.over || !at.contents || at.status === 'failed') return null;
  if (role === 'output') return at.succeeded > 0 ? batch.order.outputFileId : null;
  const others = at.contents.requests - at.succeeded - at.silent;
  return others > 0 ? batch.order.errorFileId : null;
}

function countsAt(at: Standing) {
  if (!at.contents || at.startedAt === null || at.status === 'failed')
    return { total: 0, completed: 0, failed: 0 };
  if (at.contents.course.quiet && !at.over) return { total: at.contents.requests, completed: 0, failed: 0 };
  return { total: at.contents.requests, completed: at.succeeded, failed: at.failed + at.expired };
}

function errorsOf({ verdict }: Shelved): LineError[] {
  if (verdict && 'errors' in verdict) return verdict.errors;
  return [{ ...noSuchModel, param: null, line: null }];
}
