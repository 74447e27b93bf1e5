import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { ApiError } from '#lib/api-client';
import type { Draft } from '#lib/model/draft';
import { createDraftKeeper, type DraftStep } from './draft-keeper.ts';
import { aServer, contentOf, formOf } from './draft-server-kit.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

function aKeeper(initial: Draft | null = null, first = contentOf('a')) {
  const server = aServer();
  if (initial) server.drafts.set(initial.id, initial);
  const said = { steps: [] as DraftStep[], theirs: [] as Draft[], address: null as string | null };
  const keeper = createDraftKeeper(server.store, initial, first, {
    onStep: (step) => said.steps.push(step),
    onTheirs: (draft) => said.theirs.push(draft),
    onAddress: (id) => {
      said.address = id;
    },
  });
  const step = () => said.steps.at(-1)?.step;
  const kept = () => server.drafts.get(said.address ?? initial?.id ?? '');
  return { ...server, keeper, said, step, kept };
}

test('nothing is kept before somebody types, and one save holds several keystrokes', async () => {
  const { keeper, asked, said, kept, step } = aKeeper();
  keeper.update({ ...contentOf('a'), form: formOf('a') });
  await vi.advanceTimersByTimeAsync(200);
  keeper.update(contentOf('a', 'b'));
  await vi.advanceTimersByTimeAsync(1_000);
  expect(asked).toEqual(['create']);
  expect(said.address).toMatch(/^dra_/);
  expect([kept()?.requests, step()]).toEqual([2, 'saved']);
});

test('what stays as it was is not kept at all', async () => {
  const first = contentOf('a');
  const { keeper, asked } = aKeeper(null, first);
  keeper.update(first);
  await vi.advanceTimersByTimeAsync(1_000);
  await keeper.flush(true);
  expect(asked).toEqual([]);
});

test('a later save carries only what changed, and what is typed during a save comes after it', async () => {
  const { keeper, asked, kept } = aKeeper();
  const form = formOf('a', 'b');
  keeper.update({ ...contentOf(), form });
  await vi.advanceTimersByTimeAsync(400);
  keeper.update({ ...contentOf(), name: 'Other', form });
  const going = keeper.flush(false);
  keeper.update({ ...contentOf(), name: 'Another', form });
  await going;
  await vi.advanceTimersByTimeAsync(1_000);
  expect(asked).toEqual(['create', 'save 1 name', 'save 2 name']);
  expect(kept()?.name).toBe('Another');
});

describe('when the page goes away while a save is under way', () => {
  async function leaving(base: 'first' | 'later') {
    const page = aKeeper();
    if (base === 'later') {
      page.keeper.update(contentOf('a', 'b'));
      await vi.advanceTimersByTimeAsync(1_000);
    }
    const held = Promise.withResolvers<void>();
    page.state.slow = held.promise;
    page.keeper.update(contentOf('a', 'b', 'c'));
    await vi.advanceTimersByTimeAsync(400);
    page.keeper.update(contentOf('a', 'b', 'c', 'd'));
    return { ...page, land: held.resolve };
  }

  test.each(['first', 'later'] as const)(
    'what was typed since is sent at once, beside the %s save that still comes through',
    async (base) => {
      const { keeper, kept, state, land, step } = await leaving(base);
      const left = keeper.flush(true);
      land();
      await left;
      expect([kept()?.requests, step()]).toEqual([4, 'saved']);
      keeper.update(contentOf('e'));
      state.slow = null;
      await vi.advanceTimersByTimeAsync(1_000);
      expect([kept()?.requests, step()]).toEqual([1, 'saved']);
    },
  );

  test.each(['first', 'later'] as const)(
    'also where the %s save never arrives, or only later',
    async (base) => {
      const { keeper, kept, state, land } = await leaving(base);
      state.slow = null;
      await keeper.flush(true);
      expect(kept()?.requests).toBe(4);
      land();
      await vi.advanceTimersByTimeAsync(1_000);
      expect(kept()?.requests).toBe(4);
    },
  );

  test('and what is on its way already is sent once', async () => {
    const { keeper, asked, state } = await leaving('later');
    state.slow = null;
    await Promise.all([keeper.flush(true), keeper.flush(true), keeper.flush(true)]);
    expect(asked).toEqual(['create', 'save 1 form', 'save 1 name,connection,route,form']);
  });
});

test('a save whose answer got lost is no conflict with oneself', async () => {
  const { keeper, state, kept, step, said } = aKeeper();
  const before = contentOf('a', 'before');
  keeper.update(before);
  await vi.advanceTimersByTimeAsync(400);
  state.mute = true;
  for (const content of [contentOf('a', 'heard of by nobody'), before]) {
    keeper.update(content);
    await vi.advanceTimersByTimeAsync(400);
    expect(step()).toBe('failed');
    await keeper.look();
    expect(step()).toBe('failed');
  }
  expect(keeper.isTroubled()).toBe(true);
  state.mute = false;
  await vi.advanceTimersByTimeAsync(5_000);
  expect([step(), kept()?.form.requests[1]?.id, said.theirs]).toEqual(['saved', 'before', []]);
  expect([keeper.hasUnsaved(), keeper.isTroubled()]).toEqual([false, false]);
});

test('of two who write, the second is asked before anything is written over', async () => {
  const { keeper, put, kept, said, step, asked } = aKeeper();
  keeper.update(contentOf('mine'));
  await vi.advanceTimersByTimeAsync(400);
  put(said.address ?? '', { form: formOf('theirs') }, 2, 'ann');
  keeper.update(contentOf('mine', 'more'));
  await vi.advanceTimersByTimeAsync(5_000);
  expect([step(), kept()?.form.requests[0]?.id]).toEqual(['conflict', 'theirs']);
  expect(said.steps.at(-1)).toMatchObject({ theirs: { revision: 2, updatedBy: 'ann' } });
  const saves = asked.length;
  keeper.update(contentOf('mine', 'more', 'still'));
  await vi.advanceTimersByTimeAsync(5_000);
  expect([kept()?.form.requests[0]?.id, asked.length]).toEqual(['theirs', saves]);
  await keeper.keepMine();
  expect([step(), kept()?.revision, kept()?.requests]).toEqual(['saved', 3, 3]);
});

test('a save that changes nothing is in nobody’s way', async () => {
  const { keeper, put, kept, said, step } = aKeeper();
  const mine = contentOf('mine');
  keeper.update(mine);
  await vi.advanceTimersByTimeAsync(400);
  put(said.address ?? '', mine, 2, 'me, leaving');
  await keeper.look();
  put(said.address ?? '', mine, 3, 'me, leaving');
  keeper.update(contentOf('mine', 'more'));
  await keeper.look();
  put(said.address ?? '', mine, 4, 'me, leaving');
  await vi.advanceTimersByTimeAsync(1_000);
  expect([step(), kept()?.revision, kept()?.requests, said.theirs]).toEqual(['saved', 5, 2, []]);
});

test('theirs can be taken, and both can be kept', async () => {
  const { keeper, put, said, drafts, step } = aKeeper();
  keeper.update(contentOf('mine'));
  await vi.advanceTimersByTimeAsync(400);
  const first = said.address ?? '';
  put(first, { form: formOf('theirs') }, 2, 'ann');
  keeper.update(contentOf('mine', 'more'));
  await vi.advanceTimersByTimeAsync(400);
  await keeper.keepBoth();
  expect(said.address).not.toBe(first);
  expect([drafts.get(first)?.form.requests[0]?.id, drafts.get(said.address ?? '')?.requests]).toEqual([
    'theirs',
    2,
  ]);
  put(said.address ?? '', { form: formOf('again') }, 9, 'ann');
  keeper.update(contentOf('mine', 'and more'));
  await vi.advanceTimersByTimeAsync(400);
  await keeper.takeTheirs();
  expect([step(), said.theirs.at(-1)?.form.requests[0]?.id]).toEqual(['saved', 'again']);
});

test('another’s save is taken over where nothing of one’s own is at stake', async () => {
  const { keeper, put, said, step } = aKeeper();
  keeper.update(contentOf('mine'));
  await vi.advanceTimersByTimeAsync(400);
  put(said.address ?? '', { form: formOf('theirs') }, 2, 'ann');
  await keeper.look();
  expect([said.theirs.length, step()]).toEqual([1, 'saved']);
  put(said.address ?? '', { form: formOf('later') }, 3, 'ann');
  keeper.update(contentOf('mine'));
  await keeper.look();
  expect([said.theirs.length, step()]).toEqual([1, 'conflict']);
});

test('a save that fails is tried again, a refusal is not', async () => {
  const { keeper, asked, state, step, kept } = aKeeper();
  state.fails = new ApiError(0, 'offline', 'The server could not be reached.');
  keeper.update(contentOf('a', 'b'));
  await vi.advanceTimersByTimeAsync(400);
  expect(step()).toBe('failed');
  state.fails = null;
  await vi.advanceTimersByTimeAsync(5_000);
  expect([step(), kept()?.requests, asked.length]).toEqual(['saved', 2, 2]);
  state.fails = new ApiError(413, 'too_large', 'Too large.');
  keeper.update(contentOf('a', 'b', 'c'));
  await vi.advanceTimersByTimeAsync(60_000);
  expect([step(), asked.length]).toEqual(['failed', 3]);
});

test('a connection that is gone does not look like a draft that is gone', async () => {
  const { keeper, state, step } = aKeeper();
  keeper.update(contentOf('a', 'b'));
  await vi.advanceTimersByTimeAsync(400);
  state.fails = new ApiError(404, 'not_found', 'A connection “con_1” was not found.');
  keeper.update({ ...contentOf('a', 'b'), connection: 'con_1' });
  await vi.advanceTimersByTimeAsync(400);
  expect(step()).toBe('failed');
});

test('a draft that was sent elsewhere is not brought back unasked', async () => {
  const { keeper, drafts, asked, step } = aKeeper();
  keeper.update(contentOf('a', 'b'));
  await vi.advanceTimersByTimeAsync(400);
  drafts.clear();
  keeper.update(contentOf('a', 'b', 'c'));
  await vi.advanceTimersByTimeAsync(60_000);
  expect([step(), asked.filter((one) => one === 'create').length]).toEqual(['gone', 1]);
  await keeper.keepBoth();
  expect([step(), drafts.size]).toEqual(['saved', 1]);
});

test('a draft on its way is waited for, one that never comes is said to be gone', async () => {
  const { keeper, put, said } = aKeeper();
  const finding = keeper.find('dra_late', [0, 800]);
  await vi.advanceTimersByTimeAsync(100);
  put('dra_late', { form: formOf('late') }, 1, 'me');
  await vi.advanceTimersByTimeAsync(800);
  await finding;
  expect(said.theirs[0]?.id).toBe('dra_late');
  const other = aKeeper();
  const never = other.keeper.find('dra_none', [0, 800]);
  await vi.advanceTimersByTimeAsync(1_000);
  await never;
  expect([other.step(), other.said.address]).toEqual(['gone', null]);
  other.keeper.update(contentOf('a', 'b'));
  await vi.advanceTimersByTimeAsync(400);
  expect([other.step(), other.drafts.size]).toEqual(['saved', 1]);
});

test('a save under way when the batch is made leaves no draft behind', async () => {
  const { keeper, drafts, state } = aKeeper();
  const held = Promise.withResolvers<void>();
  state.slow = held.promise;
  keeper.update(contentOf('a', 'b'));
  await vi.advanceTimersByTimeAsync(400);
  const ended = keeper.end();
  held.resolve();
  await ended;
  expect(drafts.size).toBe(0);
});

test('once the batch is made the draft is gone and stays it', async () => {
  const { keeper, drafts, asked } = aKeeper();
  keeper.update(contentOf('a', 'b'));
  await vi.advanceTimersByTimeAsync(400);
  await keeper.end();
  keeper.update(contentOf('a', 'b', 'c'));
  await vi.advanceTimersByTimeAsync(60_000);
  await keeper.flush(true);
  expect([drafts.size, asked]).toEqual([0, ['create', 'remove']]);
});
