import { expect, it } from 'vitest';
import { usageOf } from './usage-of.ts';

const nothing = {
  input: null,
  output: null,
  cachedRead: null,
  cacheWrite: null,
  reasoning: null,
  total: null,
};

it.each([
  [
    'Chat Completions',
    {
      prompt_tokens: 11,
      completion_tokens: 5,
      total_tokens: 16,
      prompt_tokens_details: { cached_tokens: 4, cache_write_tokens: 1 },
      completion_tokens_details: { reasoning_tokens: 2 },
    },
    { input: 11, output: 5, cachedRead: 4, cacheWrite: 1, reasoning: 2, total: 16 },
  ],
  [
    'Responses',
    {
      input_tokens: 36,
      input_tokens_details: { cached_tokens: 8 },
      output_tokens: 87,
      output_tokens_details: { reasoning_tokens: 64 },
      total_tokens: 123,
    },
    { input: 36, output: 87, cachedRead: 8, reasoning: 64, total: 123 },
  ],
  [
    'embeddings, which put nothing out',
    { prompt_tokens: 8, total_tokens: 8 },
    { input: 8, output: 0, total: 8 },
  ],
  [
    'Anthropic, whose cached input is counted apart',
    { input_tokens: 10, cache_read_input_tokens: 100, cache_creation_input_tokens: 5, output_tokens: 7 },
    { input: 115, output: 7, cachedRead: 100, cacheWrite: 5, total: 122 },
  ],
  [
    'Anthropic with its cache in parts',
    {
      input_tokens: 10,
      cache_creation_input_tokens: null,
      cache_creation: { ephemeral_5m_input_tokens: 3, ephemeral_1h_input_tokens: 2 },
      output_tokens: 7,
    },
    { input: 15, output: 7, cacheWrite: 5, total: 22 },
  ],
  [
    'Groq, whose times are none of ours',
    {
      queue_time: 0.02,
      prompt_tokens: 20,
      prompt_time: 0.001,
      completion_tokens: 8,
      total_tokens: 28,
      total_time: 0.01,
    },
    { input: 20, output: 8, total: 28 },
  ],
  [
    'DeepSeek’s cache',
    { prompt_tokens: 20, prompt_cache_hit_tokens: 16, prompt_cache_miss_tokens: 4, completion_tokens: 3 },
    { input: 20, output: 3, cachedRead: 16, total: 23 },
  ],
  [
    'numbers as text',
    { prompt_tokens: '33', completion_tokens: '1200' },
    { input: 33, output: 1200, total: 1233 },
  ],
  ['half of it', { prompt_tokens: 3 }, { input: 3, total: 3 }],
])('reads %s', (_, usage, expected) => {
  expect(usageOf(usage)).toEqual({ ...nothing, ...expected });
});

it.each([
  null,
  undefined,
  {},
  [],
  'x',
  7,
  { prompt_tokens: null },
  { prompt_tokens: -1 },
  { input_tokens: 'many' },
])('takes %j for no usage, never for 0', (usage) => {
  expect(usageOf(usage)).toBeNull();
});
