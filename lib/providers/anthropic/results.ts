import 'server-only';
import { download } from '#lib/providers/download';
import {
  type ProviderFetch,
  type ProviderReport,
  ProviderTrouble,
  type ResultSource,
} from '#lib/providers/provider';
import { idInPath } from '#lib/providers/safe-id';

/**
 * Results stand at a documented path of the batch, so the key goes there and not wherever `results_url` points.
 * That is asked only where the path knows nothing, and only on the bound origin.
 */
export function resultsOf(
  fetch: ProviderFetch,
  { providerBatchId, resultRefs, resultsExpected }: ProviderReport,
  headers: Record<string, string>,
): ResultSource[] {
  const [ref] = resultRefs;
  if (providerBatchId === null || (!ref && !resultsExpected)) return [];
  const open = async () => {
    try {
      return await download(fetch, `/messages/batches/${idInPath(providerBatchId)}/results`, { headers });
    } catch (error) {
      const unknown = error instanceof ProviderTrouble && error.httpStatus === 404;
      if (!unknown || ref?.kind !== 'url') throw error;
      return await download(fetch, ref.url, { headers, named: true });
    }
  };
  return [{ role: 'output', open }];
}
