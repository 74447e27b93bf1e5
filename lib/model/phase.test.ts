import { expect, test } from 'vitest';
import { endOf, forward, phaseOf } from './phase.ts';

test('a batch of one part stands where its part stands', () => {
  expect(phaseOf(['collecting'])).toBe('collecting');
  expect(phaseOf(['expired'])).toBe('expired');
});

test('a batch runs while any part has come further than waiting', () => {
  expect(phaseOf(['queued', 'running'])).toBe('running');
  expect(phaseOf(['completed', 'queued'])).toBe('running');
  expect(phaseOf(['queued', 'submitting'])).toBe('submitting');
  expect(phaseOf(['running', 'cancelling'])).toBe('cancelling');
  expect(phaseOf(['completed', 'collecting'])).toBe('collecting');
});

test('an attempt ends completed if any part ended by itself', () => {
  expect(endOf(['failed', 'completed'])).toBe('completed');
  expect(endOf(['failed', 'expired', 'cancelled'])).toBe('cancelled');
  expect(endOf(['failed', 'expired'])).toBe('expired');
  expect(endOf(['failed'])).toBe('failed');
});

test('a part never moves back', () => {
  expect(forward('running', 'pending')).toBe('running');
  expect(forward('cancelling', 'running')).toBe('cancelling');
  expect(forward('pending', 'finishing')).toBe('finishing');
});
