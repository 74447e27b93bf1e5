import { expect, test } from 'vitest';
import { defaultCapabilities } from '#lib/model/capabilities';
import type { Connection } from '#lib/model/connection';
import { presets } from '#lib/model/preset';
import { changesOf, draftFromConnection, draftFromPreset, needsKeyAgain } from './connection-fields.ts';

const connection: Connection = {
  id: 'con_1',
  name: 'gw',
  preset: 'inline-compatible',
  dialect: 'inline',
  baseUrl: 'https://gw.example.com/v1',
  keyHeader: 'authorization',
  key: { last4: '6035', fingerprint: 'ab12cd34' },
  headers: {},
  limits: { requests: null, bytes: null, customIdPattern: null },
  discount: 0.5,
  completionWindow: '24h',
  capabilities: defaultCapabilities,
  setByFile: [],
  locked: null,
  paused: null,
  keyRefused: false,
  checked: null,
  batches: { running: 0, waiting: 0 },
  createdAt: '2026-11-21T00:00:00.000Z',
};
const before = draftFromConnection(connection);

test('only what was changed is sent', () => {
  expect(changesOf(before, before)).toEqual({});
  expect(changesOf(before, { ...before, name: ' gateway ' })).toEqual({ name: 'gateway' });
  expect(changesOf(before, { ...before, discount: '', completionWindow: '' })).toEqual({
    discount: null,
    completionWindow: null,
  });
});

test('headers are read one a line', () => {
  const headers = 'x-team: blue\n\nx-url: https://a.example:8443/b';
  expect(changesOf(before, { ...before, headers })).toEqual({
    headers: { 'x-team': 'blue', 'x-url': 'https://a.example:8443/b' },
  });
});

test('another scheme, host, port or header asks for the key again, another path does not', () => {
  const asks = (change: object) => needsKeyAgain(connection, { ...before, ...change });
  expect(asks({ baseUrl: 'https://gw.example.com/proxy/v1' })).toBe(false);
  for (const baseUrl of [
    'http://gw.example.com/v1',
    'https://gw.example.com:8443/v1',
    'https://evil.example/v1',
  ]) {
    expect(asks({ baseUrl })).toBe(true);
  }
  expect(asks({ keyHeader: 'x-api-key' })).toBe(true);
});

test('a second connection of a kind gets a name of its own', () => {
  const [first] = presets;
  if (!first) throw new Error('There are presets.');
  expect(draftFromPreset(first, []).name).toBe('Sandbox');
  expect(draftFromPreset(first, ['Sandbox', 'Sandbox 2']).name).toBe('Sandbox 3');
});

test('a discount is shown in the percent a person wrote', () => {
  for (const percent of ['29', '7', '12.5', '100', '0']) {
    const discount = Number(percent) / 100;
    expect(draftFromConnection({ ...connection, discount }).discount).toBe(percent);
  }
});
