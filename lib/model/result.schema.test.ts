import { expect, it } from 'vitest';
import { resultsQuerySchema } from './result.schema.ts';

const read = (query: Record<string, string>) => resultsQuerySchema.safeParse({ limit: '10', ...query });

it('a field is asked for by its place, whatever it is called', () => {
  expect(read({ sort: '-answer.__proto__' }).data?.sort).toBe('-answer.__proto__');
  expect(read({ sort: 'answer.a\\.b' }).data?.sort).toBe('answer.a\\.b');
  for (const sort of ['answer', 'answer.a.b', 'request.a', 'score', '--answer.a']) {
    expect([sort, read({ sort }).success]).toEqual([sort, false]);
  }
});

it('conditions and fields are JSON of the form that is told, or refused in words', () => {
  expect(read({ where: '[["a,b","is","x"]]', fields: '["a","__proto__"]' }).data).toMatchObject({
    where: [['a,b', 'is', 'x']],
    fields: ['a', '__proto__'],
  });
  for (const where of ['', 'x', '{}', '[1]', '[["a","like","x"]]', '[["a","is",1]]', '[["a","is"]]']) {
    expect([where, read({ where }).success]).toEqual([where, false]);
  }
  const many = JSON.stringify(Array.from({ length: 11 }, () => ['a', 'is', 'x']));
  expect(read({ where: many }).error?.issues[0]?.message).toContain('[["field","is","value"]]');
  expect(read({ fields: '"a"' }).success).toBe(false);
});
