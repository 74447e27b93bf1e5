import 'server-only';
import type { Capabilities } from '#lib/model/capabilities';
import { cancelBatch, pollBatch, readReport } from '#lib/providers/ask-batch';
import { checkBy } from '#lib/providers/check';
import { download } from '#lib/providers/download';
import { findLost } from '#lib/providers/find-lost';
import { listPages } from '#lib/providers/list-pages';
import type { Provider } from '#lib/providers/provider';
import { readLine } from '#lib/providers/read-line';
import { idInPath } from '#lib/providers/safe-id';
import { create } from './create.ts';
import { listedOf, reportFrom } from './mapper.ts';
import { upload } from './upload.ts';

/** Files and Batches, as OpenAI has them and many follow. */
export function openaiProvider(capabilities: Capabilities): Provider {
  const batch = (id: string) => ({
    id,
    path: `/batches/${idInPath(id)}`,
    small: true,
    read: readReport((body) => reportFrom(body, capabilities)),
  });
  return {
    capabilities,
    upload,
    create: (fetch, input) => create(fetch, input, capabilities),
    poll: (fetch, id) => pollBatch(fetch, batch(id)),
    results: (fetch, { resultRefs }) =>
      resultRefs.flatMap((ref) =>
        ref.kind === 'file'
          ? { role: ref.role, open: () => download(fetch, `/files/${idInPath(ref.id)}/content`) }
          : [],
      ),
    cancel: (fetch, id) => cancelBatch(fetch, batch(id)),
    find: async (fetch, lost) => {
      if (!capabilities.canList) return [];
      const pages = listPages(fetch, { path: '/batches', after: 'after' });
      return findLost(pages, (item) => listedOf(item, capabilities), lost);
    },
    check: (fetch) =>
      checkBy(fetch, capabilities.canList ? { list: '/batches?limit=1' } : { nobody: '/batches/batch_none' }),
    readLine: (line) => readLine(line, capabilities.costSource === 'demo'),
  };
}
