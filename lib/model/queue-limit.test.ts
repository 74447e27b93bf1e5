import { expect, it } from 'vitest';
import { isQueueFull } from './queue-limit.ts';

it.each([
  'Enqueued token limit reached for gpt-4o in organization org-1. Limit: 90,000 enqueued tokens.',
  'You have too many enqueued requests for this model.',
  'Too many active batches: at most 10 at a time.',
  'You already have 10 batches in progress.',
  'The batch queue is full.',
  'Too many concurrent batch jobs.',
])('hears that the queue is full in “%s”', (message) => {
  expect(isQueueFull({ message })).toBe(true);
});

it('knows the code that providers share', () => {
  expect(isQueueFull({ code: 'token_limit_exceeded', message: '' })).toBe(true);
});

it.each([
  'Rate limit reached for requests.',
  'Too many requests. Slow down.',
  'You exceeded your current quota, please check your plan.',
  'The batch was cancelled.',
  'This model’s maximum context length is 8192 tokens.',
])('hears no such thing in “%s”', (message) => {
  expect(isQueueFull({ code: 'rate_limit_exceeded', message })).toBe(false);
});
