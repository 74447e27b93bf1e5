import { randomBytes } from 'node:crypto';
import { expect, test } from 'vitest';
import type { Binding } from './keyring.ts';
import { keyIdOf, seal, unseal } from './seal.ts';

const k1 = { id: 'k1', bytes: randomBytes(32) };
const k2 = { id: 'k2', bytes: randomBytes(32) };
const canary = 'sk-canary-0123456789abcdef';
const binding: Binding = {
  workspace: 'main',
  record: 'con_1',
  origin: 'https://llm.example.com',
  header: 'authorization',
};

test('a sealed text opens for its own binding and says which key it needs', () => {
  const sealed = seal(k1, canary, binding);
  expect(sealed).toMatch(/^v1\.k1\./);
  expect(keyIdOf(sealed)).toBe('k1');
  expect(unseal([k2, k1], sealed, binding)).toBe(canary);
  expect(unseal([k1], sealed, { ...binding, header: 'Authorization' })).toBe(canary);
});

test('the same text never seals to the same bytes', () => {
  expect(seal(k1, canary, binding)).not.toBe(seal(k1, canary, binding));
});

test.each(['', 'x', 'xy'])(
  'changing any one character makes it a hard error, whatever the length (%j)',
  (more) => {
    const sealed = seal(k1, canary + more, binding);
    for (let i = 0; i < sealed.length; i++) {
      for (const other of ['A', 'B', '_', '.', '=', String.fromCharCode(sealed.charCodeAt(i) ^ 1)]) {
        if (other === sealed[i]) continue;
        const changed = sealed.slice(0, i) + other + sealed.slice(i + 1);
        expect(() => unseal([k1, k2], changed, binding), `position ${i}`).toThrow('does not open');
      }
    }
  },
);

test('flipping any one bit of the bytes inside is a hard error', () => {
  const sealed = seal(k1, canary, binding);
  const parts = sealed.split('.');
  for (const at of [2, 3]) {
    const bytes = Buffer.from(parts[at] ?? '', 'base64url');
    for (let bit = 0; bit < bytes.length * 8; bit++) {
      const changed = Buffer.from(bytes);
      changed[bit >> 3] = (changed[bit >> 3] ?? 0) ^ (1 << (bit & 7));
      const text = parts.with(at, changed.toString('base64url')).join('.');
      expect(() => unseal([k1], text, binding)).toThrow('does not open');
    }
  }
});

test('cut short, emptied or in plain text it is a hard error', () => {
  const sealed = seal(k1, canary, binding);
  for (let length = 0; length < sealed.length; length++) {
    expect(() => unseal([k1], sealed.slice(0, length), binding)).toThrow('does not open');
  }
  for (const text of ['', canary, 'v1.k1..', 'v0.k1.AAAA.AAAA', `${sealed}\n`]) {
    expect(() => unseal([k1], text, binding)).toThrow('does not open');
  }
});

test.each([
  ['another row', { record: 'con_2' }],
  ['another workspace', { workspace: 'other' }],
  ['another host', { origin: 'https://evil.example.com' }],
  ['another scheme', { origin: 'http://llm.example.com' }],
  ['another port', { origin: 'https://llm.example.com:8443' }],
  ['another header', { header: 'x-api-key' }],
])('copied to %s it does not open', (_, change) => {
  const sealed = seal(k1, canary, binding);
  expect(() => unseal([k1], sealed, { ...binding, ...change })).toThrow('does not open');
});

test('fields of a binding cannot run into each other', () => {
  const sealed = seal(k1, canary, { ...binding, workspace: 'a', record: 'b","c' });
  expect(() => unseal([k1], sealed, { ...binding, workspace: 'a","b', record: 'c' })).toThrow(
    'does not open',
  );
});

test('halves of two sealed texts do not make a third', () => {
  const [a, b] = [seal(k1, canary, binding).split('.'), seal(k1, 'other', binding).split('.')];
  const mixed = [a[0], a[1], a[2], b[3]].join('.');
  expect(() => unseal([k1], mixed, binding)).toThrow('does not open');
});

test('another key under the same id does not open it', () => {
  const sealed = seal(k1, canary, binding);
  expect(() => unseal([{ id: 'k1', bytes: randomBytes(32) }], sealed, binding)).toThrow('does not open');
  expect(() => unseal([k2], sealed, binding)).toThrow('does not open');
});
