import { argon2 } from 'node:crypto';
import { expect, test, vi } from 'vitest';
import { hashPassword, passwordFits } from './password.ts';

vi.mock('node:crypto', async (original) => {
  const real = await original<typeof import('node:crypto')>();
  return { ...real, argon2: vi.fn(real.argon2) };
});

test('a hash opens for its password alone and never looks the same twice', async () => {
  const [one, two] = await Promise.all([hashPassword('correct horse'), hashPassword('correct horse')]);
  expect(one).not.toBe(two);
  expect(one).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/);
  expect(await passwordFits('correct horse', one)).toBe(true);
  expect(await passwordFits('Correct horse', one)).toBe(false);
});

test('letters typed composed or decomposed are the same password', async () => {
  expect(await passwordFits('stra\u00dfe caf\u00e9', await hashPassword('stra\u00dfe cafe\u0301'))).toBe(
    true,
  );
});

test('a damaged or absent hash fits nothing', async () => {
  for (const stored of [undefined, '', 'none', '$argon2id$v=19$m=1$x']) {
    expect(await passwordFits('anything', stored)).toBe(false);
  }
});

test('somebody unknown costs the same work as a wrong password', async () => {
  const stored = await hashPassword('correct horse');
  const work = async (against: string | undefined) => {
    vi.mocked(argon2).mockClear();
    expect(await passwordFits('wrong', against)).toBe(false);
    return vi.mocked(argon2).mock.calls.map(([algorithm, { memory, passes, parallelism, tagLength }]) => ({
      algorithm,
      memory,
      passes,
      parallelism,
      tagLength,
    }));
  };
  const known = await work(stored);
  expect(known).toMatchObject([{ algorithm: 'argon2id', memory: 19_456, passes: 2 }]);
  expect(await work(undefined)).toEqual(known);
});
