import { describe, expect, it } from 'vitest';
import { type Batch, noCounts } from '#lib/model/batch';
import { phases } from '#lib/model/phase';
import {
  announcement,
  sentenceOf,
  stageOf,
  tallyOf,
  titleOf,
  toCome,
  undecidedWords,
} from './status-words.ts';

const batch = (over: Partial<Batch>): Parameters<typeof sentenceOf>[0] => ({
  phase: 'running',
  attention: null,
  counts: { ...noCounts, total: 10, pending: 10 },
  countsAre: 'final-only',
  connection: { id: 'c', name: 'Infron', preset: 'infron', paused: null },
  parts: [],
  eta: null,
  etaUnknown: null,
  ...over,
});

describe('a status', () => {
  it('says in every phase what goes on', () => {
    for (const phase of phases) expect(sentenceOf(batch({ phase }))).toMatch(/\.$/);
  });

  it('waits for a person rather than seeming to move', () => {
    const said = sentenceOf(batch({ phase: 'submitting', attention: 'needs_decision' }));
    expect(said).toMatch(/waits for a decision/);
  });

  it('says what is in doubt rather than that it is on its way', () => {
    const lost = [{ phase: 'submitting', settling: true }] as Batch['parts'];
    expect(sentenceOf(batch({ phase: 'submitting', parts: lost }))).toMatch(
      /was lost\. .* looked for at Infron/,
    );
    const read = { received: { lines: 13, sha256: '' }, rawAnswer: 'They are read once more.' };
    const short = [{ phase: 'pending', ...read }] as Batch['parts'];
    expect(sentenceOf(batch({ phase: 'pending', parts: short }))).toBe(
      'Infron says it is done. They are read once more.',
    );
    const over = [{ phase: 'completed', ...read }] as Batch['parts'];
    expect(sentenceOf(batch({ parts: over }))).toMatch(/counts only at the end/);
  });

  it('does not claim checks while all of it waits for a decision', () => {
    const asks = { phase: 'submitting', attention: 'needs_decision' };
    const over = { phase: 'completed', attention: null };
    const said = (parts: object[], wait: number | null) =>
      undecidedWords(batch({ parts: parts as Batch['parts'] }), wait);
    expect(said([asks, over], null)).toBe('nothing is checked before the decision');
    expect(said([asks], 240_000)).toBe('what Infron lists is looked through again in 4 min');
    expect(said([asks], 0)).toBe('what Infron lists is looked through now');
    expect(said([asks, { phase: 'running', attention: null }], null)).toBeNull();
    expect(said([over], null)).toBeNull();
  });

  it('says what its connection is held up by, and that it goes on by itself', () => {
    const paused = { at: '', why: null, keyRefused: true, waiting: 1 };
    const connection = { id: 'c', name: 'Infron', preset: 'infron', paused };
    const parts = [{ hold: 'connection' }] as Batch['parts'];
    expect(sentenceOf(batch({ phase: 'queued', connection, parts }))).toMatch(/refused the key.*by itself/);
    const byHand = { ...connection, paused: { ...paused, keyRefused: false } };
    expect(sentenceOf(batch({ phase: 'running', connection: byHand, parts }))).toMatch(/is paused/);
    const inLine = [{ hold: null }, { hold: 'queue' }] as Batch['parts'];
    expect(sentenceOf(batch({ parts: inLine }))).toMatch(/1 of 2 parts wait in line/);
  });

  it('says why there is no forecast', () => {
    expect(sentenceOf(batch({ etaUnknown: 'no_history' }))).toMatch(/not known here yet/);
    expect(sentenceOf(batch({ etaUnknown: 'overdue' }))).toMatch(/longer than others/);
  });

  it('never hides failures behind completed', () => {
    expect(sentenceOf(batch({ phase: 'completed' }))).toMatch(/No request succeeded/);
    const counts = { ...noCounts, total: 10, succeeded: 9, failed: 1 };
    expect(sentenceOf(batch({ phase: 'completed', counts }))).toMatch(/Some requests/);
    expect(sentenceOf(batch({ phase: 'completed', counts: { ...counts, succeeded: 10 } }))).toMatch(/Every/);
  });

  it('names every count that is not nought', () => {
    expect(tallyOf({ counts: { ...noCounts, total: 5, failed: 2, pending: 3 } })).toEqual([
      ['succeeded', 0, 'succeeded'],
      ['failed', 2, 'failed'],
      ['pending', 3, 'to go'],
    ]);
  });

  it('stands at one stage and only moves on', () => {
    const walk = (['queued', 'submitting', 'pending', 'running', 'collecting', 'completed'] as const).map(
      stageOf,
    );
    expect(walk).toEqual([0, 1, 2, 3, 4, 5]);
  });
});

it('names what is still to come until nothing is', () => {
  expect(toCome('running')).toEqual(['Done', 'Results collected']);
  expect(toCome('completed')).toEqual([]);
});

describe('a listener', () => {
  const counts = { ...noCounts, total: 3, succeeded: 2 };

  it('hears phases, tenths and nothing between', () => {
    const now = { phase: 'running' as const, progress: 19, counts };
    expect(announcement({ phase: 'pending', progress: 0 }, now, 'running')).toBe('running');
    expect(announcement({ phase: 'running', progress: 11 }, now, 'running')).toBeNull();
    expect(announcement({ phase: 'running', progress: 9 }, now, 'running')).toBe('10 percent');
    expect(
      announcement({ phase: 'running', progress: null }, { ...now, progress: null }, 'running'),
    ).toBeNull();
  });

  it('hears how it ended', () => {
    const over = { phase: 'completed' as const, progress: 100, counts };
    expect(announcement({ phase: 'running', progress: 99 }, over, 'completed')).toBe(
      'completed: 2 of 3 succeeded',
    );
  });
});

it('puts the state first in the title', () => {
  expect(titleOf({ phase: 'running', progress: 46, name: 'Reviews' }, 'running')).toBe(
    '46 % · Reviews · Batchdeck',
  );
  expect(titleOf({ phase: 'running', progress: null, name: 'Reviews' }, 'running')).toBe(
    'running · Reviews · Batchdeck',
  );
  expect(titleOf({ phase: 'completed', progress: 100, name: 'R' }, 'completed')).toBe(
    'completed · R · Batchdeck',
  );
});
