import { createHash, randomBytes } from 'node:crypto';
import { expect, test } from 'vitest';
import { createSha256 } from './sha256.ts';

const reference = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex');

test('every length around the block size is hashed as node:crypto does', () => {
  const bytes = randomBytes(300);
  for (let length = 0; length <= bytes.length; length++) {
    const hash = createSha256();
    hash.update(bytes.subarray(0, length));
    expect(hash.digest()).toBe(reference(bytes.subarray(0, length)));
  }
});

test('the known answers hold', () => {
  const empty = createSha256();
  expect(empty.digest()).toBe('e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855');
  const abc = createSha256();
  abc.update(Buffer.from('abc'));
  expect(abc.digest()).toBe('ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad');
});

test('where pieces are cut changes nothing', () => {
  const bytes = randomBytes(100_000);
  for (let round = 0; round < 200; round++) {
    const hash = createSha256();
    for (let at = 0; at < bytes.length; ) {
      const next = at + Math.floor(Math.random() * (round % 2 ? 200 : 20_000));
      hash.update(bytes.subarray(at, next));
      at = next;
    }
    expect(hash.digest()).toBe(reference(bytes));
  }
});

test('more than 512 MB of bits are counted right', () => {
  const piece = new Uint8Array(1024 * 1024).fill(7);
  const ours = createSha256();
  const theirs = createHash('sha256');
  for (let i = 0; i < 70; i++) {
    ours.update(piece);
    theirs.update(piece);
  }
  expect(ours.digest()).toBe(theirs.digest('hex'));
});
