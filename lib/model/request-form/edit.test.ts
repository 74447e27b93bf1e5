import { describe, expect, it } from 'vitest';
import * as edit from './edit.ts';
import { type BatchForm, emptySheet, freeCustomId, newRequest } from './form.ts';
import { shapes } from './shapes.ts';
import { common, type Open, standingOf } from './standing.ts';

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
    const warm = edit.writeParam(five(), ['e'], { name: 'temperature' }, 0);
    const before = edit.writeParam(warm, ['e'], { name: 'top_k' }, undefined);
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
  const topK = { name: 'top_k' };

  it('is set, given back and left out on many at once', () => {
    const set = edit.writeParam(five(), ['a', 'b'], topK, 9);
    expect([request(set, 'a')?.own.top_k, request(set, 'c')?.own.top_k]).toEqual([9, undefined]);
    const out = edit.writeParam(set, ['a', 'c'], topK, undefined);
    expect([request(out, 'a'), request(out, 'c')]).toMatchObject([{ omit: ['top_k'] }, { omit: ['top_k'] }]);
    expect(request(out, 'a')?.own).not.toHaveProperty('top_k');
    expect(request(edit.writeParam(out, ['a'], topK, 2), 'a')).toMatchObject({ own: { top_k: 2 }, omit: [] });
    expect(request(edit.inherit(out, ['a'], 'top_k'), 'a')?.omit).toEqual([]);
  });

  it('said as the defaults say it is theirs', () => {
    const form = edit.writeParam(edit.writeParam(five(), ['a'], topK, 2), ['a'], topK, 1);
    expect(request(form, 'a')).toMatchObject({ omit: [] });
    expect(request(form, 'a')?.own).not.toHaveProperty('top_k');
  });

  it('of which one member is set keeps the others, from the defaults too', () => {
    const effort = { name: 'output_config', member: 'effort' };
    const schema = { name: 'output_config', member: 'format' };
    const shared = edit.writeParam(five(), 'defaults', schema, { type: 'json_schema' });
    const form = edit.writeParam(shared, ['a'], effort, 'low');
    expect(request(form, 'a')?.own.output_config).toEqual({ format: { type: 'json_schema' }, effort: 'low' });
    expect(edit.writeParam(shared, 'defaults', schema, undefined).defaults.own).not.toHaveProperty(
      'output_config',
    );
  });

  it('of one request becomes everybody’s', () => {
    const form = edit.makeDefault(edit.writeParam(five(), ['a'], topK, 9), 'a', 'top_k');
    expect(form.defaults.own.top_k).toBe(9);
    expect(request(form, 'a')?.own).not.toHaveProperty('top_k');
  });

  it('keeps the others untouched, as objects too', () => {
    const before = five();
    const after = edit.writeParam(before, ['a'], topK, 9);
    expect(request(after, 'b')).toBe(request(before, 'b'));
  });
});

describe('extra parameters', () => {
  it('are the request’s own where they differ from the defaults, and left out where they are gone', () => {
    const shared = edit.writeExtraText(five(), 'defaults', '{"tier":"flex","odd":1}');
    expect(shared.defaults.own).toEqual({ model: 'm', top_k: 1, tier: 'flex', odd: 1 });
    const form = edit.writeExtraText(shared, ['a'], '{"odd":2}');
    expect(request(form, 'a')).toMatchObject({ own: { odd: 2 }, omit: ['tier'] });
    const back = edit.writeExtraText(form, ['a'], '{"tier":"flex","odd":1}');
    expect([request(back, 'a')?.omit, request(back, 'a')?.own.odd]).toEqual([[], undefined]);
    expect(edit.writeExtraText(shared, 'defaults', '').defaults.own).toEqual({ model: 'm', top_k: 1 });
  });

  it('keep what was typed while it is no JSON', () => {
    const half = edit.writeExtraText(edit.writeExtraText(five(), ['a'], '{"odd":2}'), ['a'], '{"od');
    expect(request(half, 'a')).toMatchObject({ own: { odd: 2 }, extraText: '{"od' });
    expect(request(edit.writeExtraText(half, ['a'], '{}'), 'a')).toMatchObject({ extraText: null });
  });
});

describe('several requests at once', () => {
  it('show what they have in common and name what differs', () => {
    const form = edit.writeParam(
      edit.writeParam(five(), ['a'], { name: 'top_p' }, 0.5),
      ['b', 'c'],
      { name: 'top_k' },
      7,
    );
    const { params, mixed } = common(form, ['a', 'b']);
    expect([params, [...mixed].sort()]).toEqual([{ model: 'm' }, ['messages', 'top_k', 'top_p']]);
    expect(common(form, ['b', 'c']).params).toEqual({ model: 'm', top_k: 7 });
    const topK = shapes.inline.params.find(({ name }) => name === 'top_k');
    if (!topK) throw new Error('no top_k');
    const from = (open: Open) => standingOf(form, open, topK).from;
    expect([from(['a', 'b']), from(['b', 'c']), from(['a']), from('defaults')]).toEqual([
      'mixed',
      'own',
      'defaults',
      'own',
    ]);
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
