import 'server-only';
import type { Capabilities } from '#lib/model/capabilities';
import { cancelBatch, pollBatch } from '#lib/providers/ask-batch';
import { checkBy } from '#lib/providers/check';
import { download } from '#lib/providers/download';
import { findLost } from '#lib/providers/find-lost';
import { listPages } from '#lib/providers/list-pages';
import type { Provider } from '#lib/providers/provider';
import { readLine } from '#lib/providers/read-line';
import { idInPath } from '#lib/providers/safe-id';
import { create } from './create.ts';
import { listedOf } from './mapper.ts';
import { readAnswer } from './read-answer.ts';

/** The one address of a batch tells its status first and gives its results afterwards. */
export function inlineProvider(capabilities: Capabilities): Provider {
  const { countsAre, findsBy, costSource } = capabilities;
  const batch = (id: string) => ({
    id,
    path: `/batches/${idInPath(id)}`,
    read: (response: Response) => readAnswer(response, countsAre),
  });
  return {
    capabilities,
    upload: null,
    create: (fetch, input) => create(fetch, input, capabilities),
    poll: (fetch, id) => pollBatch(fetch, batch(id)),
    /** The address points wherever the provider likes: it is asked without the key. */
    results: (fetch, { resultRefs }) =>
      resultRefs.flatMap((ref) =>
        ref.kind === 'url' ? { role: ref.role, open: () => download(fetch, ref.url, { bare: true }) } : [],
      ),
    cancel: (fetch, id) => cancelBatch(fetch, batch(id)),
    find: async (fetch, lost) => {
      if (findsBy === null) return [];
      const pages = listPages(fetch, { path: '/batches', after: 'after' });
      return findLost(pages, (item) => listedOf(item, countsAre), lost);
    },
    check: (fetch) =>
      checkBy(fetch, capabilities.canList ? { list: '/batches?limit=1' } : { nobody: `/batches/${nobody}` }),
    readLine: (line) => readLine(line, costSource === 'demo'),
  };
}

/** The id of no batch, in the form such ids have. */
const nobody = 'batch_00000000-0000-0000-0000-000000000000';
