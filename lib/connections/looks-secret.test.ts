import { expect, it } from 'vitest';
import { looksSecret } from './looks-secret.ts';

it.each([
  ['authorization', 'sk-canary-0123456789abcdef'],
  ['authorization', 'sk-1234'],
  ['api-key', 'correct-horse-battery-staple'],
  ['x-portkey-api-key', 'pk4Q/x+9'],
  ['x-gateway-token', 'Zx81q7'],
  ['x-tenant', 'tenant-9c41b7e2aa'],
  ['x-trace', 'f47ac10b-58cc-4372-a567-0e02b2c3d479'],
])('%s: %s', (name, value) => {
  expect(looksSecret(name, value)).toBe(true);
});

it.each([
  ['x-provider', 'openai'],
  ['x-provider', 'azure-openai'],
  ['x-model', 'gpt-4o-mini-batch'],
  ['x-model', 'claude-sonnet-4-5-20250929'],
  ['x-region', 'us-east-1'],
  ['x-portkey-custom-host', 'https://api.openai.com/v1'],
  ['x-team', 'research'],
  ['authorization', 'ollama'],
  ['authorization', 'not-needed'],
  ['x-api-key', 'EMPTY'],
])('but not %s: %s, a plain word that answers hold anyway', (name, value) => {
  expect(looksSecret(name, value)).toBe(false);
});
