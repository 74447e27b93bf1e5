import 'server-only';
import type { CountsAre } from '#lib/model/batch';
import { decimalToNano } from '#lib/model/money';
import { asNumber, asText } from '#lib/model/unknown';
import { clean, cleanBody } from '#lib/providers/clean';
import { countsOf } from '#lib/providers/counts-of';
import type { Listed } from '#lib/providers/find-lost';
import { parseJson } from '#lib/providers/parse-json';
import { problemsOf } from '#lib/providers/problems-of';
import type { ProviderCounts, ProviderReport, ProviderState } from '#lib/providers/provider';
import { safeId } from '#lib/providers/safe-id';
import { endOf, isTerminal, stateOf } from '#lib/providers/state-words';
import { timeOf } from '#lib/providers/time-of';
import { type BatchWire, parseBatch } from './wire.ts';

/** Null where the body is no batch at all. */
export function reportFrom(body: string, countsAre: CountsAre): ProviderReport | null {
  const batch = parseBatch(parseJson(body));
  return batch && reportOf(batch, body, countsAre);
}

/** One batch of a list, which the documented services do not have. */
export function listedOf(item: unknown, countsAre: CountsAre): Listed | null {
  const batch = parseBatch(item);
  if (!batch) return null;
  const { metadata } = batch;
  return { report: reportOf(batch, '', countsAre), metadata, requests: givenCounts(batch).total };
}

function reportOf(batch: BatchWire, raw: string, countsAre: CountsAre): ProviderReport {
  const given = givenCounts(batch);
  const { state, word } = standing(batch, given);
  const over = isTerminal(state);
  const counts = countsOf(given, over, countsAre);
  const resultRefs = over ? refsOf(batch) : [];
  return {
    providerBatchId: safeId(batch.batch_id) ?? safeId(batch.id),
    state,
    rawStatus: clean(word, 64),
    counts,
    progress: percent(batch.progress),
    expiresAt: timeOf(batch.expires_at),
    errors: problemsOf(batch.errors, batch.error, batch.fail_reason),
    resultRefs,
    resultsExpected: over && resultRefs.length === 0 && promisesResults(state, counts),
    createdAt: timeOf(batch.created_at) ?? timeOf(batch.submit_time),
    inputFileId: null,
    costNano: over ? costOf(batch.fees) : null,
    raw: cleanBody(raw, 8_192),
  };
}

/** A status that says "done" at the address where results should stand: they are on their way. */
function promisesResults(state: ProviderState, counts: ProviderCounts | null): boolean {
  return state === 'completed' || (counts?.succeeded ?? 0) > 0;
}

const order: ProviderState[] = ['unknown', 'pending', 'running', 'finishing', 'cancelling'];

/** A body may carry a batch's word and a task's word; the one further along is the newer. */
function standing(batch: BatchWire, counts: ProviderCounts): { state: ProviderState; word: string } {
  const words = [batch.status, batch.processing_status, batch.task_status].filter((word) => word !== '');
  const rank = (state: ProviderState) => (isTerminal(state) ? order.length : order.indexOf(state));
  const best = words
    .map((word) => ({ word, state: stateOf(word) }))
    .reduce<{ state: ProviderState; word: string } | null>(
      (a, b) => (a && rank(a.state) >= rank(b.state) ? a : b),
      null,
    );
  if (!best) return { state: 'unknown', word: '' };
  if (best.word.toLowerCase() !== 'ended') return best;
  const stops = [batch.cancel_initiated_at, batch.cancelling_at, batch.cancelled_at];
  return { state: endOf(stops.some(timeOf), counts), word: best.word };
}

function givenCounts(batch: BatchWire): ProviderCounts {
  const given = batch.request_counts;
  const succeeded = given?.succeeded ?? given?.completed ?? batch.completed_count;
  const failed = given?.errored ?? given?.failed ?? batch.failed_count;
  const cancelled = given?.canceled ?? given?.cancelled ?? null;
  const expired = given?.expired ?? null;
  const parts = [given?.processing ?? null, cancelled, expired];
  const summed = parts.some((part) => part !== null)
    ? [succeeded, failed, ...parts].reduce<number>((sum, part) => sum + (part ?? 0), 0)
    : null;
  return { total: given?.total ?? summed ?? batch.total_requests, succeeded, failed, cancelled, expired };
}

function percent(value: unknown): number | null {
  const number = asNumber(typeof value === 'string' ? value.replace(/\s*%\s*$/, '') : value);
  return number === null ? null : Math.min(100, Math.max(0, Math.floor(number)));
}

function refsOf(batch: BatchWire): ProviderReport['resultRefs'] {
  const urls = [...new Set([batch.result_url, batch.results_url])].filter(isAddress);
  return urls.map((url) => ({ kind: 'url', url, role: 'output' }));
}

function isAddress(url: string): boolean {
  return /^https?:\/\//i.test(url) && url.length <= 8_192 && URL.canParse(url);
}

function costOf(fees: unknown): number | null {
  return decimalToNano(typeof fees === 'number' ? fees.toFixed(9) : (asText(fees) ?? ''));
}
