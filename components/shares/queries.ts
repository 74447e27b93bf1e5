import { getJson, sendJson } from '#lib/api-client';
import type { Share, ShareScope } from '#lib/model/share';
import { apiPaths } from '#lib/paths';

export type NewLink = { share: Share; url: string; loopback: boolean };

export function sharesQuery(batchId: string) {
  return {
    queryKey: ['shares', batchId],
    queryFn: ({ signal }: { signal: AbortSignal }) =>
      getJson<{ items: Share[] }>(apiPaths.shares(batchId), { signal }).then(({ items }) => items),
  };
}

export function createLink(
  batchId: string,
  wish: { scope: ShareScope; expiresAt: string | null },
): Promise<NewLink> {
  return sendJson('POST', apiPaths.shares(batchId), wish);
}

export function revokeLink(id: string): Promise<void> {
  return sendJson('DELETE', apiPaths.share(id));
}
