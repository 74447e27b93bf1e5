import { expect, test } from 'vitest';
import { capabilitiesOf } from '#lib/model/capabilities';
import { changesOf, fieldsOf, needsKeyAgain } from './connection-fields.ts';
import { someConnection } from './connection-kit.ts';
import { type Draft, draftFromConnection, draftFromStart, draftInDialect } from './draft.ts';
import { problemsIn } from './draft-problems.ts';
import { type Start, startGroups } from './preset-groups.ts';

const connection = someConnection({});
const before = draftFromConnection(connection);
const changed = (change: Partial<Draft>, header: string | null = null) =>
  changesOf(before, { ...before, ...change }, header);

function startNamed(id: string): Start {
  const start = startGroups('')
    .flatMap(({ starts }) => starts)
    .find((one) => one.id === id);
  if (!start) throw new Error(`There is no way to start named ${id}.`);
  return start;
}

test('only what was changed is sent', () => {
  expect(changed({})).toEqual({});
  expect(changed({ name: ' gateway ' })).toEqual({ name: 'gateway' });
  expect(changed({ discount: '', completionWindow: '' })).toEqual({ discount: null, completionWindow: null });
  expect(changed({ requests: '5,000', bytes: '100 MB' })).toEqual({
    limits: { requests: 5_000, bytes: 1e8 },
  });
});

test('headers are read one a line, and old ones go by name', () => {
  const headers = 'x-team: blue\n\nx-url: https://a.example:8443/b';
  expect(changed({ headers, dropped: ['x-old'] })).toEqual({
    headers: { 'x-old': null, 'x-team': 'blue', 'x-url': 'https://a.example:8443/b' },
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

test('a line that is no header is told of before anything is sent', () => {
  const { preset } = startNamed('openai-compatible');
  const draft = { ...draftInDialect(preset), name: 'gw', baseUrl: 'https://gw.example.com/v1' };
  for (const headers of ['x-team', 'x-team:', ': blue', 'x team: blue', 'x-a: 1\nx-b']) {
    expect(problemsIn({ ...draft, headers }, preset, null), headers).toEqual({
      headers: expect.stringContaining('name: value'),
    });
  }
  expect(problemsIn({ ...draft, headers: '\n x-a: 1\nx-b:2\n' }, preset, null)).toEqual({});
});

test('a second connection of a kind gets a name of its own', () => {
  const first = startNamed('sandbox');
  expect(draftFromStart(first, []).name).toBe('Sandbox');
  expect(draftFromStart(first, ['Sandbox', 'Sandbox 2']).name).toBe('Sandbox 3');
});

test('a discount is shown in the percent a person wrote', () => {
  for (const percent of ['29', '7', '12.5', '100', '0']) {
    const discount = Number(percent) / 100;
    expect(draftFromConnection({ ...connection, discount }).discount).toBe(percent);
  }
});

test('a gateway is sent the provider behind it, a new one its first, a changed one the other', () => {
  const start = startNamed('portkey');
  const draft = {
    ...draftFromStart(start, []),
    baseUrl: 'https://gw.example.com/v1',
    apiKey: 'sk-0123456789',
  };
  expect(fieldsOf(start, draft)).toEqual({
    name: 'Portkey',
    baseUrl: 'https://gw.example.com/v1',
    apiKey: 'sk-0123456789',
    headers: { 'x-portkey-provider': 'openai' },
  });
  const capabilities = capabilitiesOf({ preset: 'portkey', dialect: 'openai' });
  const made = draftFromConnection({
    ...connection,
    capabilities,
    headers: { 'x-portkey-provider': 'openai' },
  });
  expect(made.route).toBe('openai');
  expect(changesOf(made, { ...made, route: 'bedrock' }, 'x-portkey-provider')).toEqual({
    headers: { 'x-portkey-provider': 'bedrock' },
  });
});

test('a misbehaving sandbox in another dialect is named as both', () => {
  const start = startNamed('sandbox-misbehaving');
  const draft = { ...draftInDialect(start.preset, 'openai'), name: 'Bad', behavior: 'busy' };
  expect(fieldsOf(start, draft)).toEqual({
    name: 'Bad',
    dialect: 'openai',
    headers: { 'x-sandbox-faults': 'busy' },
  });
  expect(fieldsOf(start, { ...draftFromStart(start, []), behavior: '' })).toEqual({
    name: 'Sandbox that misbehaves',
  });
});

test('what is wrong in a form is told beside its field', () => {
  const { preset } = startNamed('infron');
  const wrong = {
    ...draftInDialect(preset),
    baseUrl: '',
    requests: 'many',
    bytes: '5 parsecs',
    discount: '150',
  };
  expect(Object.keys(problemsIn(wrong, preset, null)).sort()).toEqual([
    'apiKey',
    'baseUrl',
    'bytes',
    'discount',
    'name',
    'requests',
  ]);
  const moved = { ...before, baseUrl: 'https://other.example/v1' };
  expect(problemsIn(moved, preset, connection)).toEqual({ apiKey: expect.stringContaining('old address') });
});
