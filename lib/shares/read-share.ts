import 'server-only';
import type { Deps } from '#lib/context';
import { Refusal } from '#lib/errors';
import type { ResultDetail } from '#lib/model/result';
import type { ResultsQuery } from '#lib/model/result-query';
import type { ShareScope } from '#lib/model/share';
import type { SharedExportName } from '#lib/paths';
import { type Export, exportOf } from '#lib/results/export-results';
import { detailOf } from '#lib/results/get-result';
import { openIndexed } from '#lib/results/indexed-batch';
import { pageOf, type ResultPage } from '#lib/results/list-results';
import { findShare } from './open-share.ts';

type ShareDeps = Pick<Deps, 'db' | 'clock' | 'blobs' | 'index' | 'env'>;

export async function sharedResults(
  deps: ShareDeps,
  token: string,
  query: ResultsQuery,
): Promise<ResultPage> {
  const { indexed } = await reach(deps, token, ['results', 'downloads']);
  return pageOf(deps, indexed, query);
}

export async function sharedResult(deps: ShareDeps, token: string, ordinal: number): Promise<ResultDetail> {
  const { indexed, row } = await reach(deps, token, ['results', 'downloads']);
  // Earlier attempts are the workshop's, not the reader's.
  const detail = { ...(await detailOf(deps, indexed, ordinal, {})), attempts: [] };
  return row.redact_prompts === 1 ? { ...detail, request: { text: '', bytes: 0, cut: false } } : detail;
}

export async function sharedExport(deps: ShareDeps, token: string, name: SharedExportName): Promise<Export> {
  const { indexed, row } = await reach(deps, token, ['downloads']);
  if (row.redact_prompts === 1 && name === 'input.jsonl') throw gone();
  return exportOf(deps, indexed, name, {});
}

/** What the link's scope does not name is simply not found. */
async function reach(deps: ShareDeps, token: string, scopes: ShareScope[]) {
  const found = await findShare(deps, token);
  if (!found || !scopes.includes(found.row.scope)) throw gone();
  return { row: found.row, indexed: await openIndexed(deps, found.batch) };
}

export function gone(): Refusal {
  return new Refusal(
    'not_found',
    'This link has expired or was revoked. Ask the person who sent it for a new one.',
  );
}
