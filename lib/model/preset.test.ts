import { expect, it } from 'vitest';
import { dialects } from './connection.ts';
import { consoleUrl, presetIn, presetNamed, presets } from './preset.ts';

it('brings the providers the product starts from', () => {
  expect(presetNamed('infron')?.baseUrl).toBe('https://llm.onerouter.pro/v1');
  expect(presetNamed('siraya')?.baseUrl).toBe('https://llm.siraya.pro/v1');
  expect(presetNamed('sandbox')).toMatchObject({ baseUrl: null, needsKey: false });
  expect(presetNamed('openai')).toMatchObject({
    dialect: 'openai',
    limits: { requests: 50_000, bytes: 200_000_000 },
  });
  expect(presetNamed('anthropic')).toMatchObject({ keyHeader: 'x-api-key', completionWindow: null });
  expect(presetNamed('azure-openai')?.keyHeader).toBe('api-key');
  expect(presetNamed('portkey')?.publicHeaders).toContain('x-portkey-provider');
});

it('knows no preset by any other name', () => {
  for (const name of ['', 'OpenAI', '__proto__', 'constructor']) expect(presetNamed(name)).toBeNull();
});

it('names each preset once and explains it in a few sentences', () => {
  expect(new Set(presets.map(({ name }) => name)).size).toBe(presets.length);
  for (const { about, title } of presets) {
    expect(about.length, title).toBeLessThan(260);
    expect(about, title).toMatch(/\.$/);
  }
});

it('lets the sandbox and the compatible ones speak any dialect, the others their own', () => {
  const free = presets.filter((preset) => dialects.every((dialect) => presetIn(preset, dialect)));
  expect(free.map(({ name }) => name)).toEqual(['sandbox', 'inline-compatible', 'openai-compatible']);
  const sandbox = presetNamed('sandbox');
  const messages = sandbox && presetIn(sandbox, 'anthropic');
  expect(messages).toMatchObject({
    name: 'sandbox',
    dialect: 'anthropic',
    keyHeader: 'x-api-key',
    limits: { requests: 100_000, customIdPattern: '^[A-Za-z0-9_-]{1,64}$' },
  });
});

it('leads to the console of a provider only where it is that provider who was called', () => {
  const openai = 'https://api.openai.com/v1';
  expect(consoleUrl('openai', openai, 'batch_1/../x')).toBe(
    'https://platform.openai.com/batches/batch_1%2F..%2Fx',
  );
  expect(consoleUrl('openai', openai, null)).toBeNull();
  expect(consoleUrl('openai', 'https://proxy.example/v1', 'batch_1')).toBeNull();
  expect(consoleUrl('sandbox', '', 'batch_1')).toBeNull();
});
