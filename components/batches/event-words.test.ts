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

it('shows a verb it has no words for', () => {
  expect(eventWords({ verb: 'batch.moved', data: null })).toEqual({ what: 'batch.moved', detail: null });
});

it('names the source of every step', () => {
  expect(sourceOf({ actor: 'op@example.com', verb: 'batch.created' }, 'Infron')).toBe('op@example.com');
  expect(sourceOf({ actor: 'clock', verb: 'batch.running' }, 'Infron')).toBe('said by Infron');
  expect(sourceOf({ actor: 'clock', verb: 'batch.completed' }, 'Infron')).toBe('Batchdeck');
});
