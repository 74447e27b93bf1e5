import { infiniteQueryOptions } from '@tanstack/react-query';
import { getJson } from '#lib/api-client';
import type { BatchFile } from '#lib/model/file';
import { apiPaths } from '#lib/paths';

export type FilePage = { items: BatchFile[]; nextCursor: string | null };

export const filePageSize = 50;

export const fileListQuery = infiniteQueryOptions({
  queryKey: ['files', 'list'],
  queryFn: ({ pageParam, signal }) => {
    const search = new URLSearchParams({ limit: String(filePageSize) });
    if (pageParam) search.set('cursor', pageParam);
    return getJson<FilePage>(`${apiPaths.files}?${search}`, { signal });
  },
  initialPageParam: null as string | null,
  getNextPageParam: (last: FilePage) => last.nextCursor,
  refetchInterval: 15_000,
});
