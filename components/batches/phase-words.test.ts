import { expect, test } from 'vitest';
import { noCounts } from '#lib/model/batch';
import { attentions, phases } from '#lib/model/phase';
import { wordsOf } from './phase-words.ts';

const counts = { ...noCounts, total: 10, succeeded: 10 };

test('every phase and every need has a word and a shape', () => {
  for (const phase of phases) expect(wordsOf({ phase, attention: null, counts }).word).not.toBe('');
  for (const attention of attentions) {
    expect(wordsOf({ phase: 'running', attention, counts })).toMatchObject({ shape: 'asking', tone: 'warn' });
  }
});

test('green is only for batches in which everything succeeded', () => {
  const completed = (succeeded: number) =>
    wordsOf({
      phase: 'completed',
      attention: null,
      counts: { ...counts, succeeded, failed: 10 - succeeded },
    });
  expect(completed(10)).toMatchObject({ tone: 'ok', shape: 'done' });
  expect(completed(9)).toMatchObject({ tone: 'warn', shape: 'partly' });
  expect(completed(0)).toMatchObject({ tone: 'bad', shape: 'partly' });
});
