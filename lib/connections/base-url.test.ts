import { describe, expect, it } from 'vitest';
import { testEnv } from '#lib/test-context';
import { addressAt, checkedBaseUrl } from './base-url.ts';

const checked = (dialect: 'inline' | 'openai' | 'anthropic', text: string) =>
  checkedBaseUrl(testEnv(), dialect, text);

describe('a base URL', () => {
  it.each([
    ['inline', 'https://llm.onerouter.pro/v1/', 'https://llm.onerouter.pro/v1'],
    ['openai', 'https://api.openai.com/v1', 'https://api.openai.com/v1'],
    ['openai', 'https://api.groq.com/openai/v1', 'https://api.groq.com/openai/v1'],
    ['openai', 'https://open.bigmodel.cn/api/paas/v4', 'https://open.bigmodel.cn/api/paas/v4'],
    ['openai', 'https://api.deepinfra.com/v1/openai', 'https://api.deepinfra.com/v1/openai'],
    ['openai', 'https://r.openai.azure.com/openai/v1/', 'https://r.openai.azure.com/openai/v1'],
    ['openai', 'https://r.services.ai.azure.com/openai/v1', 'https://r.services.ai.azure.com/openai/v1'],
    [
      'openai',
      'https://r.openai.azure.com/openai?api-version=2024-10-21',
      'https://r.openai.azure.com/openai?api-version=2024-10-21',
    ],
    ['openai', 'https://vm.eastus.cloudapp.azure.com/v1', 'https://vm.eastus.cloudapp.azure.com/v1'],
    ['anthropic', 'https://api.anthropic.com/', 'https://api.anthropic.com'],
    ['anthropic', 'https://gateway.example.com/anthropic', 'https://gateway.example.com/anthropic'],
  ] as const)('for %s may be %s', (dialect, text, kept) => {
    expect(checked(dialect, text)).toBe(kept);
  });

  it.each([
    ['inline', 'https://llm.onerouter.pro', 'must end in /v1, like https://llm.onerouter.pro/v1.'],
    ['openai', 'https://api.openai.com/v1/batches', 'must end in /v1, like https://api.openai.com/v1.'],
    ['openai', 'https://api.groq.com/openai', 'must end in /v1, like https://api.groq.com/openai/v1.'],
    ['openai', 'https://open.bigmodel.cn', 'must end in /v4, like https://open.bigmodel.cn/api/paas/v4.'],
    ['openai', 'https://h.example/llm', 'must end in /v1, like https://h.example/llm/v1.'],
    ['openai', 'https://h.example/llm/v2/batches', 'must end in /v2, like https://h.example/llm/v2.'],
    ['inline', 'https://h.example/llm/v1/batches/', 'must end in /v1, like https://h.example/llm/v1.'],
    [
      'openai',
      'https://r.openai.azure.com/',
      'must end in /openai/v1, like https://r.openai.azure.com/openai/v1.',
    ],
    ['openai', 'https://r.openai.azure.com/v1', 'must end in /openai/v1'],
    ['openai', 'https://api.openai.com/v1?key=x', 'without ? or #'],
    ['openai', 'https://h.example/openai?api-version=1?x', 'without ? or #'],
    ['openai', 'https://h.example/openai?api-version=1&key=x', 'without ? or #'],
    ['openai', 'https://h.example/v1?', 'without ? or #'],
    ['openai', 'https://h.example/v1#a', 'without ? or #'],
    ['inline', 'https://h.example/v1?api-version=1', 'without ? or #'],
    ['anthropic', 'https://api.anthropic.com/v1', 'stands before /v1, like https://api.anthropic.com.'],
    ['anthropic', 'https://api.anthropic.com/v1/', 'stands before /v1'],
  ] as const)('for %s may not be %s', (dialect, text, words) => {
    expect(() => checked(dialect, text)).toThrow(words);
  });
});

it('is continued by the paths of its dialect', () => {
  const at = (dialect: string, base_url: string, path: string) => addressAt({ dialect, base_url }, path);
  expect(at('inline', 'https://h.example/v1', '/batches')).toBe('https://h.example/v1/batches');
  expect(at('openai', 'https://h.example/openai/v1', '/files')).toBe('https://h.example/openai/v1/files');
  expect(at('anthropic', 'https://h.example', '/messages/batches')).toBe(
    'https://h.example/v1/messages/batches',
  );
  const old = 'https://r.openai.azure.com/openai?api-version=2024-10-21';
  expect(at('openai', old, '/files')).toBe('https://r.openai.azure.com/openai/files?api-version=2024-10-21');
  expect(at('openai', old, '/batches?limit=100')).toBe(
    'https://r.openai.azure.com/openai/batches?limit=100&api-version=2024-10-21',
  );
});
