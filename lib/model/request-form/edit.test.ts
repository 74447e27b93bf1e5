import { describe, expect, it } from 'vitest';
import * as edit from './edit.ts';
import { type BatchForm, emptySheet, freeCustomId, newRequest } from './form.ts';

const five = (): BatchForm => ({
  shape: 'inline',
  defaults: { ...emptySheet, own: { model: 'm', top_k: 1 } },
  requests: ['a', 'b', 'c', 'd', 'e'].map((id) =>
    newRequest(id, { messages: [{ role: 'user', content: id }] }, id),
  ),
});
const order = (form: BatchForm) => form.requests.map(({ id }) => id).join('');
const request = (form: BatchForm, id: string) => form.requests.find((one) => one.id === id);

describe('moving', () => {
  it.each([
    ['a', 1, 'bacde'],
    ['e', 1, 'abcde'],
    ['de', 1, 'abcde'],
    ['ce', 1, 'abdce'],
    ['ab', -1, 'abcde'],
    ['ad', -1, 'abdce'],
    ['bc', -1, 'bcade'],
  ] as const)('%s by %i makes %s', (ids, by, made) => {
    expect(order(edit.move(five(), [...ids], by))).toBe(made);
  });

  it.each([
    ['a', 5, 'bcdea'],
    ['e', 0, 'eabcd'],
    ['bd', 1, 'abdce'],
    ['bd', 5, 'acebd'],
    ['c', 2, 'abcde'],
  ])('%s before place %i makes %s', (ids, to, made) => {
    expect(order(edit.moveTo(five(), [...ids], to))).toBe(made);
  });
});

describe('deleting', () => {
  it('can be undone, whatever was done since', () => {
    const { form, removed } = edit.remove(five(), ['b', 'd']);
    expect(order(form)).toBe('ace');
    expect(order(edit.restore(form, removed))).toBe('abcde');
    const since = edit.setCustomId(edit.remove(form, ['e']).form, 'a', 'changed');
    const back = edit.restore(since, removed);
    expect(order(back)).toBe('abcd');
    expect(request(back, 'a')?.customId).toBe('changed');
    expect(order(edit.restore(back, removed))).toBe('abcd');
  });
});

describe('adding', () => {
  it('goes on like the one before, but for its message and its id', () => {
    const before = edit.leaveOut(edit.setParam(five(), ['e'], 'temperature', 0), ['e'], 'top_k');
    const { form, id } = edit.addRequest(before, 'e');
    expect(request(form, id)).toMatchObject({
      customId: 'row-6',
      own: { temperature: 0, messages: [{ role: 'user', content: '' }] },
      omit: ['top_k'],
    });
  });

  it('puts each copy behind its original under an id of its own', () => {
    const { form, made } = edit.duplicate(five(), ['a', 'c']);
    expect(form.requests.map(({ customId }) => customId)).toEqual([
      'a',
      'a-copy',
      'b',
      'c',
      'c-copy',
      'd',
      'e',
    ]);
    expect(request(form, made[1] ?? '')?.own).toEqual(request(form, 'c')?.own);
    const again = edit.duplicate(form, ['a']).form;
    expect(again.requests[1]?.customId).toBe('a-copy-2');
  });

  it('steps over ids that are taken', () => {
    expect(freeCustomId(new Set(['row-1']))).toBe('row-2');
    expect(freeCustomId(new Set(['row-2']))).toBe('row-3');
    expect(freeCustomId(new Set(['a', 'a-copy']), 'a')).toBe('a-copy-2');
  });
});

describe('a parameter', () => {
  it('is set, given back and left out on many at once', () => {
    const set = edit.setParam(five(), ['a', 'b'], 'top_k', 9);
    expect([request(set, 'a')?.own.top_k, request(set, 'c')?.own.top_k]).toEqual([9, undefined]);
    const out = edit.leaveOut(set, ['a', 'c'], 'top_k');
    expect([request(out, 'a'), request(out, 'c')]).toMatchObject([{ omit: ['top_k'] }, { omit: ['top_k'] }]);
    expect(request(out, 'a')?.own).not.toHaveProperty('top_k');
    expect(request(edit.setParam(out, ['a'], 'top_k', 2), 'a')).toMatchObject({
      own: { top_k: 2 },
      omit: [],
    });
    expect(request(edit.setParam(out, ['a'], 'top_k', undefined), 'a')?.omit).toEqual([]);
  });

  it('of one request becomes everybody’s', () => {
    const form = edit.makeDefault(edit.setParam(five(), ['a'], 'top_k', 9), 'a', 'top_k');
    expect(form.defaults.own.top_k).toBe(9);
    expect(request(form, 'a')?.own).not.toHaveProperty('top_k');
  });

  it('keeps the others untouched, as objects too', () => {
    const before = five();
    const after = edit.setParam(before, ['a'], 'top_k', 9);
    expect(request(after, 'b')).toBe(request(before, 'b'));
  });
});

it('numbers custom_ids by a pattern, as long as the last one', () => {
  const ids = edit.renumber(five(), ['b', 'd'], 'x-{n}').requests.map(({ customId }) => customId);
  expect(ids).toEqual(['a', 'x-1', 'c', 'x-2', 'e']);
  const many = { ...five(), requests: Array.from({ length: 12 }, (_, n) => newRequest(`${n}`, {}, `${n}`)) };
  const wide = edit.renumber(
    many,
    many.requests.map(({ id }) => id),
    'r{n}',
  );
  expect([wide.requests[0]?.customId, wide.requests[11]?.customId]).toEqual(['r01', 'r12']);
});
