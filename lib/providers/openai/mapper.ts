import 'server-only';
import type { Capabilities } from '#lib/model/capabilities';
import { clean, cleanBody } from '#lib/providers/clean';
import { countsOf } from '#lib/providers/counts-of';
import type { Listed } from '#lib/providers/find-lost';
import { parseJson } from '#lib/providers/parse-json';
import { problemsOf } from '#lib/providers/problems-of';
import type { ProviderCounts, ProviderReport, ProviderState, ResultRef } from '#lib/providers/provider';
import { safeId } from '#lib/providers/safe-id';
import { endOf, isTerminal, stateOf } from '#lib/providers/state-words';
import { timeOf } from '#lib/providers/time-of';
import { type BatchWire, parseBatch } from './wire.ts';

export type Reading = Pick<Capabilities, 'countsAre' | 'separateErrorFile'>;

/** Null where the body is no batch at all. */
export function reportFrom(body: string, reading: Reading): ProviderReport | null {
  const batch = parseBatch(parseJson(body));
  return batch && reportOf(batch, body, reading);
}

/** One batch of a list. */
export function listedOf(item: unknown, reading: Reading): Listed | null {
  const batch = parseBatch(item);
  const requests = batch && givenCounts(batch).total;
  return batch && { report: reportOf(batch, '', reading), metadata: batch.metadata, requests };
}

function reportOf(batch: BatchWire, raw: string, reading: Reading): ProviderReport {
  const given = givenCounts(batch);
  const state = standing(batch, given);
  const over = isTerminal(state);
  const counts = countsOf(given, over, reading.countsAre);
  const files = over ? filesOf(batch) : [];
  return {
    providerBatchId: safeId(batch.id),
    state,
    rawStatus: clean(batch.status, 64),
    counts,
    progress: null,
    expiresAt: timeOf(batch.expires_at),
    errors: [...files.flatMap(refusal), ...problemsOf(batch.errors, batch.error)],
    resultRefs: files.filter(({ id }) => safeId(id) !== null),
    resultsExpected: over && lacksFiles(state, counts, files, reading),
    createdAt: timeOf(batch.created_at),
    inputFileId: batch.input_file_id || null,
    costNano: null,
    raw: cleanBody(raw, 8_192),
  };
}

function standing(batch: BatchWire, counts: ProviderCounts): ProviderState {
  if (batch.status.toLowerCase() !== 'ended') return stateOf(batch.status);
  return endOf([batch.cancelling_at, batch.cancelled_at].some(timeOf), counts);
}

function givenCounts(batch: BatchWire): ProviderCounts {
  const { total, completed, failed } = batch.request_counts ?? batch;
  return { total, succeeded: completed, failed, cancelled: null, expired: null };
}

type FileRef = Extract<ResultRef, { kind: 'file' }>;

/** Both, however it ended: failed lines stand in the one, and a failed batch may have answers in the other. */
function filesOf({ output_file_id, error_file_id }: BatchWire): FileRef[] {
  const all: FileRef[] = [
    { kind: 'file', id: output_file_id, role: 'output' },
    { kind: 'file', id: error_file_id, role: 'error' },
  ];
  return all.filter(({ id }, at) => id !== '' && all.findIndex((file) => file.id === id) === at);
}

function refusal({ id, role }: FileRef): ProviderReport['errors'] {
  if (safeId(id) !== null) return [];
  const message = `The provider named “${clean(id, 100)}” as its ${role} file. That is no id, so it was not fetched.`;
  return [{ code: 'unsafe_file_id', message, line: null }];
}

/** The ids of files come later than the last word, or not at all where no line went that way. */
function lacksFiles(
  state: ProviderState,
  counts: ProviderCounts | null,
  files: FileRef[],
  { separateErrorFile }: Reading,
): boolean {
  const has = (wanted: FileRef['role']) => files.some(({ role }) => role === wanted);
  if ((counts?.succeeded ?? 0) > 0 && !has('output')) return true;
  if (separateErrorFile && (counts?.failed ?? 0) > 0 && !has('error')) return true;
  return state === 'completed' && files.length === 0;
}
