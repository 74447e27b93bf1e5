import { infiniteQueryOptions } from '@tanstack/react-query';
import { getJson, sendJson } from '#lib/api-client';
import type { Batch } from '#lib/model/batch';
import type { BatchFile, FileSummary } from '#lib/model/file';
import type { Repair, RepairReport } from '#lib/model/repair';
import { apiPaths } from '#lib/paths';

export type FilePage = { items: FileSummary[]; nextCursor: string | null };

export const filePageSize = 50;

/** Part of a name, and the file they were made from; empty where all are shown. */
export type FilesShown = { q: string; from: string };

export function fileListQuery({ q, from }: FilesShown) {
  return infiniteQueryOptions({
    queryKey: ['files', 'list', q, from],
    queryFn: ({ pageParam, signal }) => {
      const search = new URLSearchParams({ limit: String(filePageSize) });
      if (q) search.set('q', q);
      if (from) search.set('from', from);
      if (pageParam) search.set('cursor', pageParam);
      return getJson<FilePage>(`${apiPaths.files}?${search}`, { signal });
    },
    initialPageParam: null as string | null,
    getNextPageParam: (last: FilePage) => last.nextCursor,
    refetchInterval: 15_000,
  });
}

export function deleteFile(id: string): Promise<void> {
  return sendJson('DELETE', apiPaths.file(id));
}

export function previewRepairs(id: string, repairs: Repair[], signal: AbortSignal): Promise<RepairReport> {
  return sendJson('POST', apiPaths.repairs(id), { repairs, preview: true }, { signal });
}

export function repairFile(id: string, repairs: Repair[]): Promise<BatchFile> {
  return sendJson('POST', apiPaths.repairs(id), { repairs });
}

export function makeBatch(
  order: { fileId: string; connection: string; name: string },
  key: string,
): Promise<Batch> {
  return sendJson('POST', apiPaths.batches, order, { idempotencyKey: key });
}
