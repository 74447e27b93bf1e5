import { describe, expect, it } from 'vitest';
import { plainFormat } from '#lib/format';
import { type Batch, noCounts } from '#lib/model/batch';
import { deadlineWords, historyWords, rateWords } from './outlook-words.ts';

const at = (minutes: number) => new Date(minutes * 60_000).toISOString();
const times = { created: at(0), submitted: at(0), started: at(0), finished: null, expires: at(60) };

describe('a rate', () => {
  const moving = (settled: number, minutes: number, countsAre: Batch['countsAre'] = 'live') =>
    rateWords(
      {
        phase: 'running',
        counts: { ...noCounts, total: 9_000, succeeded: settled, pending: 9_000 - settled },
        countsAre,
        times,
        parts: [{ phase: 'running', movedAt: at(minutes) }] as Batch['parts'],
      },
      plainFormat,
    );

  it('is told by the minute, or by the hour where that is too few', () => {
    expect(moving(6_000, 5)).toBe('1,200 a minute');
    expect(moving(40, 60)).toBe('40 an hour');
    expect(moving(1, 120)).toBe('less than one an hour');
  });

  it('is not told of nothing, nor of what nobody counts', () => {
    expect(moving(0, 5)).toBeNull();
    expect(moving(10, 0)).toBeNull();
    expect(moving(10, 5, 'final-only')).toBeNull();
  });
});

describe('a deadline', () => {
  const met = (from: number, to: number, expires: string | null = at(60)) =>
    deadlineWords({
      phase: 'running',
      eta: { from: at(from), to: at(to), basis: 'rate', seen: null },
      times: { ...times, expires },
    });

  it('is held against both ends of the forecast', () => {
    expect(met(30, 60)).toEqual({ words: 'in time', risky: false });
    expect(met(50, 70)?.words).toBe('it may be too late');
    expect(met(61, 70)?.words).toBe('probably too late');
  });

  it('is not judged without a forecast or without one', () => {
    expect(met(30, 60, null)).toBeNull();
    expect(deadlineWords({ phase: 'running', eta: null, times })).toBeNull();
    expect(deadlineWords({ phase: 'completed', eta: null, times })).toBeNull();
  });
});

it('says how long others took, and how many they were', () => {
  const eta = { from: at(60), to: at(180), basis: 'history' as const, seen: 7 };
  expect(historyWords({ eta, times })).toBe('Batches of this size took 1–3 h here (7 so far).');
  expect(historyWords({ eta: { ...eta, basis: 'rate', seen: null }, times })).toBeNull();
});
