import 'server-only';
import { clean, cleanBody } from '#lib/providers/clean';
import { countsOf } from '#lib/providers/counts-of';
import type { Listed } from '#lib/providers/find-lost';
import { parseJson } from '#lib/providers/parse-json';
import type { ProviderCounts, ProviderReport, ProviderState } from '#lib/providers/provider';
import { safeId } from '#lib/providers/safe-id';
import { endOf, isTerminal, stateOf } from '#lib/providers/state-words';
import { timeOf } from '#lib/providers/time-of';
import { type BatchWire, parseBatch } from './wire.ts';

/** Null where the body is no batch at all. */
export function reportFrom(body: string): ProviderReport | null {
  const batch = parseBatch(parseJson(body));
  return batch && reportOf(batch, body);
}

/** One batch of a list. Nothing of ours travels with it: time and size alone can tell it. */
export function listedOf(item: unknown): Listed | null {
  const batch = parseBatch(item);
  return batch && { report: reportOf(batch, ''), metadata: null, requests: givenCounts(batch).total };
}

/** While it runs all counts but `processing` are 0, whatever has been answered. */
function reportOf(batch: BatchWire, raw: string): ProviderReport {
  const given = givenCounts(batch);
  const state = standing(batch, given);
  const over = isTerminal(state);
  const archived = timeOf(batch.archived_at) !== null;
  return {
    providerBatchId: safeId(batch.id),
    state,
    rawStatus: clean(batch.processing_status, 64),
    counts: countsOf(given, over, 'final-only'),
    progress: null,
    expiresAt: timeOf(batch.expires_at),
    errors: archived ? [archivedProblem] : [],
    resultRefs:
      over && !archived && batch.results_url !== ''
        ? [{ kind: 'url', url: batch.results_url, role: 'output' }]
        : [],
    resultsExpected: over && !archived && batch.results_url === '',
    createdAt: timeOf(batch.created_at),
    inputFileId: null,
    costNano: null,
    raw: cleanBody(raw, 8_192),
  };
}

const archivedProblem = {
  code: 'archived',
  message: 'The provider keeps results for 29 days and has put these away.',
  line: null,
};

function standing(batch: BatchWire, counts: ProviderCounts): ProviderState {
  if (batch.processing_status.toLowerCase() !== 'ended') return stateOf(batch.processing_status);
  return endOf(timeOf(batch.cancel_initiated_at) !== null, counts);
}

function givenCounts({ request_counts: given }: BatchWire): ProviderCounts {
  if (!given) return { total: null, succeeded: null, failed: null, cancelled: null, expired: null };
  const { processing, succeeded, errored, canceled, expired } = given;
  const total = [processing, succeeded, errored, canceled, expired].reduce<number>(
    (sum, count) => sum + (count ?? 0),
    0,
  );
  return { total, succeeded, failed: errored, cancelled: canceled, expired };
}
