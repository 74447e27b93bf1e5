import { expect, test } from 'vitest';
import type { Resolve } from './connect.ts';
import { resolveSharing } from './resolve.ts';

const address = { address: '8.8.8.8', family: 4 } as const;

test('a name is asked for once for all who wait, and anew for who comes later', () => {
  const asked: { host: string; done: Parameters<Resolve>[1] }[] = [];
  const resolve = resolveSharing((host, done) => asked.push({ host, done }), 2);
  const heard: string[] = [];
  const ask = (who: string) => resolve('a.example', () => heard.push(who));
  ask('first');
  ask('second');
  asked[0]?.done(null, [address]);
  expect(heard).toEqual(['first', 'second']);
  ask('third');
  expect(asked).toHaveLength(2);
});

test('no more names than allowed are asked for at once, and the others get their turn', () => {
  const asked: { host: string; done: Parameters<Resolve>[1] }[] = [];
  const resolve = resolveSharing((host, done) => asked.push({ host, done }), 2);
  const heard: string[] = [];
  for (const host of ['a', 'b', 'c', 'd']) resolve(host, (error) => heard.push(`${host} ${error?.message}`));
  expect(asked.map(({ host }) => host)).toEqual(['a', 'b']);
  asked[1]?.done(new Error('none'), []);
  expect(asked.map(({ host }) => host)).toEqual(['a', 'b', 'c']);
  asked[0]?.done(null, [address]);
  asked[2]?.done(null, [address]);
  asked[3]?.done(null, [address]);
  expect(heard).toEqual(['b none', 'a undefined', 'c undefined', 'd undefined']);
});
