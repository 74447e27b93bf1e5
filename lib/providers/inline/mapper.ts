import 'server-only';
import type { CountsAre } from '#lib/model/batch';
import { decimalToNano } from '#lib/model/money';
import { asList, asNumber, asObject, asText } from '#lib/model/unknown';
import { clean, cleanBody } from '#lib/providers/clean';
import type { ProviderReport, ProviderState } from '#lib/providers/provider';
import { type BatchWire, parseBatch } from './wire.ts';
import { isTerminal, stateOf } from './words.ts';

/** Null where the body is no batch at all. */
export function reportFrom(body: string, countsAre: CountsAre): ProviderReport | null {
  let value: unknown;
  try {
    value = JSON.parse(body);
  } catch {
    return null;
  }
  const batch = parseBatch(value);
  return batch && reportOf(batch, body, countsAre);
}

export function reportOf(batch: BatchWire, raw: string, countsAre: CountsAre): ProviderReport {
  const { state, word } = standing(batch);
  const over = isTerminal(state);
  return {
    providerBatchId: safeId(batch.batch_id) ?? safeId(batch.id),
    state,
    rawStatus: clean(word, 64),
    counts: countsOf(batch, over, countsAre),
    progress: percent(batch.progress),
    expiresAt: timeOf(batch.expires_at),
    errors: [...errorsOf(batch.errors), ...errorsOf(batch.error), ...errorsOf(batch.fail_reason)].slice(
      0,
      100,
    ),
    resultRefs: over ? refsOf(batch) : [],
    createdAt: timeOf(batch.created_at),
    inputFileId: null,
    costNano: over ? costOf(batch.fees) : null,
    raw: cleanBody(raw, 8_192),
  };
}

/** Ids enter paths: nothing but plain characters, and never `.` or `..`. */
export function safeId(id: string): string | null {
  return /^(?!\.+$)[\w.:-]{1,200}$/.test(id) ? id : null;
}

const order: ProviderState[] = ['unknown', 'pending', 'running', 'finishing', 'cancelling'];

/** A body may carry a batch's word and a task's word; the one further along is the newer. */
function standing(batch: BatchWire): { state: ProviderState; word: string } {
  const words = [batch.status, batch.processing_status, batch.task_status].filter((word) => word !== '');
  const rank = (state: ProviderState) => (isTerminal(state) ? order.length : order.indexOf(state));
  const best = words
    .map((word) => ({ word, state: stateOf(word) }))
    .reduce<{ state: ProviderState; word: string } | null>(
      (a, b) => (a && rank(a.state) >= rank(b.state) ? a : b),
      null,
    );
  if (!best) return { state: 'unknown', word: '' };
  const ended = best.word.toLowerCase() === 'ended';
  return ended ? { state: endOf(batch), word: best.word } : best;
}

/** `ended` only says that it is over; how, the rest of the object tells. */
function endOf(batch: BatchWire): ProviderState {
  if ([batch.cancel_initiated_at, batch.cancelling_at, batch.cancelled_at].some((time) => timeOf(time))) {
    return 'cancelled';
  }
  const counts = batch.request_counts;
  const answered = (counts?.succeeded ?? 0) + (counts?.errored ?? 0) + (counts?.completed ?? 0);
  if (answered > 0 || !counts) return 'completed';
  if ((counts.canceled ?? 0) + (counts.cancelled ?? 0) > 0) return 'cancelled';
  return (counts.expired ?? 0) > 0 ? 'expired' : 'completed';
}

function countsOf(batch: BatchWire, over: boolean, countsAre: CountsAre): ProviderReport['counts'] {
  const given = batch.request_counts;
  const succeeded = given?.succeeded ?? given?.completed ?? batch.completed_count;
  const failed = given?.errored ?? given?.failed ?? batch.failed_count;
  const parts = given && [given.processing, given.canceled ?? given.cancelled, given.expired];
  const summed = parts?.some((part) => part !== null)
    ? [succeeded, failed, ...parts].reduce<number>((sum, part) => sum + (part ?? 0), 0)
    : null;
  const total = given?.total ?? summed ?? batch.total_requests;
  if (total === null || total <= 0) return null;
  const done = (succeeded ?? 0) + (failed ?? 0);
  if (done > total || (succeeded ?? 0) < 0 || (failed ?? 0) < 0) return null;
  if (done === 0 && !over && countsAre === 'final-only') return null;
  const cancelled = given?.canceled ?? given?.cancelled ?? null;
  return { total, succeeded, failed, cancelled, expired: given?.expired ?? null };
}

function percent(value: unknown): number | null {
  const number = asNumber(typeof value === 'string' ? value.replace(/\s*%\s*$/, '') : value);
  return number === null ? null : Math.min(100, Math.max(0, Math.floor(number)));
}

/** Unix seconds, milliseconds, ISO, or either as text; 0 is unset. */
function timeOf(value: unknown): number | null {
  const number = asNumber(value);
  if (number !== null) return number <= 0 ? null : Math.floor(number > 1e11 ? number : number * 1000);
  const time = Date.parse(asText(value) ?? '');
  return Number.isNaN(time) ? null : time;
}

function errorsOf(value: unknown): ProviderReport['errors'] {
  const words = asText(value);
  if (words) return [{ code: null, message: clean(words, 500), line: null }];
  const list = asList(value) ?? asList(asObject(value)?.data);
  if (list) return list.slice(0, 100).flatMap((item) => errorsOf(item));
  const object = asObject(value);
  const message = asText(object?.message) ?? asText(object?.code);
  if (!object || !message) return object?.error ? errorsOf(object.error) : [];
  const code = asText(object.code) ?? asText(object.type);
  return [{ code: code && clean(code, 64), message: clean(message, 500), line: asNumber(object.line) }];
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
