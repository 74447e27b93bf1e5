import { expect, test, vi } from 'vitest';

test('an error of another copy of its module is still known for what it is', async () => {
  const ours = { ...(await import('./errors.ts')), ...(await import('./outbound/outbound.ts')) };
  vi.resetModules();
  const theirs = { ...(await import('./errors.ts')), ...(await import('./outbound/outbound.ts')) };
  expect(theirs.Refusal).not.toBe(ours.Refusal);
  const refusal = new theirs.Refusal('conflict', 'no');
  const unreached = new theirs.Unreached('tls', false, 'no');
  expect([refusal instanceof ours.Refusal, unreached instanceof ours.Unreached]).toEqual([true, true]);
  expect([refusal instanceof ours.Unreached, unreached instanceof ours.Refusal]).toEqual([false, false]);
  expect(new Error('no') instanceof ours.Refusal).toBe(false);
});
