import { expect, it } from 'vitest';
import { presetNamed, presets } from './preset.ts';

it('has the address of every provider that has one', () => {
  expect(presetNamed('infron')?.baseUrl).toBe('https://llm.onerouter.pro/v1');
  expect(presetNamed('siraya')?.baseUrl).toBe('https://llm.siraya.pro/v1');
  expect(presetNamed('sandbox')).toMatchObject({ baseUrl: null, needsKey: false });
  expect(presetNamed('inline-compatible')).toMatchObject({ baseUrl: null, needsKey: true, discount: null });
  expect(presets.map((preset) => preset.dialect)).toEqual(presets.map(() => 'inline'));
});

it('knows no preset that is not there', () => {
  for (const name of ['', 'openai', '__proto__', 'constructor']) expect(presetNamed(name)).toBeNull();
});
