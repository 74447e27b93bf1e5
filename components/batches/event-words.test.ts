import { expect, it } from 'vitest';
import { eventWords, sourceOf } from './event-words.ts';

it('says what happened and with what', () => {
  expect(eventWords({ verb: 'batch.created', data: { file: 'a.jsonl', connection: 'Sandbox' } })).toEqual({
    what: 'Created',
    detail: 'a.jsonl → Sandbox',
  });
  expect(eventWords({ verb: 'batch.running', data: { rawStatus: 'in_progress' } }).detail).toBe(
    '“in_progress”',
  );
  expect(eventWords({ verb: 'batch.completed', data: { succeeded: 2, failed: 1, missing: 0 } }).detail).toBe(
    '2 succeeded, 1 failed',
  );
  expect(eventWords({ verb: 'batch.refused', data: { message: 'No credit.' } }).detail).toBe('No credit.');
});

it('tells how many were sent again, and what was changed', () => {
  const words = (data: object) => eventWords({ verb: 'batch.retried', data }).detail;
  expect(words({ attempt: 2, requests: 1, overrides: [] })).toBe('1 request as attempt 2');
  expect(words({ attempt: 3, requests: 12, overrides: ['model', 'max_tokens'] })).toBe(
    '12 requests as attempt 3, with another model, max_tokens',
  );
});

it('tells what was downloaded, and by which link', () => {
  const words = (data: object) => eventWords({ verb: 'batch.downloaded', data }).detail;
  expect(words({ format: 'results.csv' })).toBe('results.csv');
  expect(words({ format: 'results.csv', narrowed: true })).toBe('results.csv, some rows of it');
  expect(words({ format: 'output.jsonl', share: 'shr_1', recipient: 'Eva' })).toBe(
    'output.jsonl, by the link for Eva',
  );
  expect(sourceOf({ actor: 'anyone', verb: 'batch.downloaded' }, 'Infron')).toBe('through a link');
});

it('says of which part it tells, and when a cancellation came too late', () => {
  const accepted = { verb: 'batch.accepted', data: { part: 2, providerBatchId: 'batch_1' } };
  expect(eventWords(accepted).detail).toBe('Part 2: batch_1');
  expect(eventWords({ verb: 'batch.cancelling', data: { part: 3 } }).detail).toBe('Part 3');
  const late = { verb: 'batch.ended_upstream', data: { rawStatus: 'completed', tooLate: true } };
  expect(eventWords(late).what).toContain('before the cancellation came');
});

it('shows a verb it has no words for', () => {
  expect(eventWords({ verb: 'batch.moved', data: null })).toEqual({ what: 'batch.moved', detail: null });
});

it('names the source of every step', () => {
  expect(sourceOf({ actor: 'op@example.com', verb: 'batch.created' }, 'Infron')).toBe('op@example.com');
  expect(sourceOf({ actor: 'clock', verb: 'batch.running' }, 'Infron')).toBe('said by Infron');
  expect(sourceOf({ actor: 'clock', verb: 'batch.completed' }, 'Infron')).toBe('Batchdeck');
});
