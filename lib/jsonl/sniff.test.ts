import { gzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { sniff } from './sniff.ts';

const utf16 = (text: string) => Buffer.from(text, 'utf16le');

test.each<[string, Uint8Array, string | undefined]>([
  ['nothing', new Uint8Array(), 'empty'],
  ['gzip', gzipSync('{"a":1}'), 'gzip'],
  ['zip', Buffer.from('PK\x03\x04rest'), 'zip'],
  ['an empty zip', Buffer.from('PK\x05\x06rest'), 'zip'],
  ['UTF-16 LE with a mark', Buffer.concat([Buffer.from([0xff, 0xfe]), utf16('{"a":1}')]), 'utf-16'],
  ['UTF-16 LE without one', utf16('{"a":1}'), 'utf-16'],
  ['UTF-16 BE without one', utf16('{"a":1}').swap16(), 'utf-16'],
  ['a request', Buffer.from('{"custom_id":"a"}'), undefined],
  ['a request with a UTF-8 mark', Buffer.from('\ufeff{"custom_id":"a"}'), undefined],
  ['text that starts with PK', Buffer.from('PKW is a name'), undefined],
  ['one NUL byte', Buffer.from('{"a":"\0"}'), undefined],
  ['NUL bytes only', Buffer.alloc(64), undefined],
  ['a single sign', Buffer.from('{'), undefined],
])('%s is told by its bytes', (_, head, what) => {
  expect(sniff(head)?.what).toBe(what);
});
