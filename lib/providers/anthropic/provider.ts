import 'server-only';
import type { Capabilities } from '#lib/model/capabilities';
import { cancelBatch, pollBatch, readReport } from '#lib/providers/ask-batch';
import { checkBy } from '#lib/providers/check';
import { createSpliced } from '#lib/providers/create-spliced';
import { findLost } from '#lib/providers/find-lost';
import { listPages } from '#lib/providers/list-pages';
import type { Provider } from '#lib/providers/provider';
import { readLine } from '#lib/providers/read-line';
import { idInPath } from '#lib/providers/safe-id';
import { listedOf, reportFrom } from './mapper.ts';
import { resultsOf } from './results.ts';

const path = '/messages/batches';
const headers = { 'anthropic-version': '2023-06-01' };

/** Message Batches: lines travel inside the create call, nothing of ours travels with them. */
export function anthropicProvider(capabilities: Capabilities): Provider {
  const batch = (id: string) => ({
    id,
    path: `${path}/${idInPath(id)}`,
    headers,
    small: true,
    read: readReport(reportFrom),
  });
  return {
    capabilities,
    upload: null,
    create: (fetch, input) =>
      createSpliced(fetch, input, {
        path,
        headers,
        reportFrom,
        unavailableIsUnsent: capabilities.unavailableIsUnsent,
      }),
    poll: (fetch, id) => pollBatch(fetch, batch(id)),
    results: (fetch, report) => resultsOf(fetch, report, headers),
    cancel: (fetch, id) => cancelBatch(fetch, batch(id)),
    find: (fetch, lost) => findLost(listPages(fetch, { path, after: 'after_id', headers }), listedOf, lost),
    check: (fetch) => checkBy(fetch, { list: `${path}?limit=1`, headers }),
    readLine: (line) => readLine(line, capabilities.costSource === 'demo'),
  };
}
