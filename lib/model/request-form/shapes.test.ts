import { expect, it } from 'vitest';
import { capabilitiesOf } from '#lib/model/capabilities';
import { presets } from '#lib/model/preset';
import { shapes, shapesFor } from './shapes.ts';

const shapesAt = (preset: string) =>
  shapesFor('openai', capabilitiesOf({ dialect: 'openai', preset }).endpoints);

it('offers what the provider takes, in the words its lines need', () => {
  expect(shapesAt('openai')).toEqual(['chat', 'responses', 'completions', 'embeddings']);
  expect(shapesAt('portkey')).toEqual(['chat', 'completions', 'embeddings']);
  expect(shapesAt('kimi')).toEqual(['chat']);
  expect(shapesAt('groq')).toEqual(['chat']);
  expect(shapesAt('azure-openai')).toEqual(['chat', 'responses', 'embeddings']);
  expect(shapesAt('zhipu').map((name) => shapes[name].url)).toEqual(['/v4/chat/completions']);
});

it('writes for every preset only lines that it takes', () => {
  for (const { name, dialect } of presets) {
    const { endpoints } = capabilitiesOf({ dialect, preset: name });
    const urls = shapesFor(dialect, endpoints).map((shape) => shapes[shape].url);
    expect(
      urls.filter((url) => url !== null && !endpoints?.includes(url)),
      name,
    ).toEqual([]);
  }
});

it('falls back on what is usual where a provider names nothing we know', () => {
  expect(shapesFor('openai', ['/v1/rerank'])[0]).toBe('chat');
  expect(shapesFor('inline', null)).toEqual(['inline']);
  expect(shapesFor('anthropic', null)).toEqual(['anthropic']);
});
