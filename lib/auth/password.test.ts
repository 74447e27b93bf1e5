import { expect, test } from 'vitest';
import { hashPassword, passwordFits } from './password.ts';

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

test('somebody unknown costs as long as a wrong password', async () => {
  const stored = await hashPassword('correct horse');
  const took = async (against: string | undefined) => {
    const times: number[] = [];
    for (let i = 0; i < 7; i++) {
      const began = performance.now();
      await passwordFits('wrong', against);
      times.push(performance.now() - began);
    }
    return Math.min(...times);
  };
  const [known, unknown] = [await took(stored), await took(undefined)];
  expect(unknown / known).toBeGreaterThan(0.5);
  expect(unknown / known).toBeLessThan(2);
});
