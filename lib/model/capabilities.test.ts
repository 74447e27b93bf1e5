import { expect, it } from 'vitest';
import { capabilitiesOf } from './capabilities.ts';

it('lays the preset over the dialect and the dialect over the defaults', () => {
  expect(capabilitiesOf({ dialect: 'openai', preset: 'groq' })).toMatchObject({
    lines: 'openai',
    endpoints: ['/v1/chat/completions', '/v1/audio/transcriptions', '/v1/audio/translations'],
    mixedModels: true,
    mixedEndpoints: true,
    findsBy: 'nonce',
    separateErrorFile: true,
    retentionDays: 30,
    retentionFrom: 'end',
  });
  expect(capabilitiesOf({ dialect: 'inline', preset: 'infron' })).toMatchObject({
    lines: 'params',
    endpoints: null,
    canList: false,
    findsBy: null,
    countsAre: 'final-only',
  });
  expect(capabilitiesOf({ dialect: 'anthropic', preset: 'anthropic' })).toMatchObject({
    lines: 'params',
    customIdPattern: '^[A-Za-z0-9_-]{1,64}$',
    maxRequests: 100_000,
    findsBy: 'window',
    takesMetadata: false,
    retentionFrom: 'creation',
  });
});

it('gives the sandbox what each of its dialects can do', () => {
  const sandbox = (dialect: 'inline' | 'openai' | 'anthropic') =>
    capabilitiesOf({ dialect, preset: 'sandbox' });
  expect(sandbox('inline')).toMatchObject({ costSource: 'demo', countsAre: 'live', findsBy: 'nonce' });
  expect(sandbox('openai')).toMatchObject({ costSource: 'demo', lines: 'openai', findsBy: 'nonce' });
  expect(sandbox('anthropic')).toMatchObject({
    costSource: 'demo',
    countsAre: 'final-only',
    findsBy: 'window',
    customIdPattern: '^[A-Za-z0-9_-]{1,64}$',
  });
});

it('puts the limits of the connection before those of its preset, and lets null lift them', () => {
  const of = (limits: object) => capabilitiesOf({ dialect: 'openai', preset: 'openai', limits });
  expect(of({})).toMatchObject({ maxRequests: 50_000, maxBytes: 200_000_000 });
  expect(of({ requests: 10, bytes: null })).toMatchObject({ maxRequests: 10, maxBytes: null });
});

it('takes a preset nobody knows for one of its dialect', () => {
  expect(capabilitiesOf({ dialect: 'openai', preset: 'gone' })).toMatchObject({ lines: 'openai' });
});

it('offers the way through a gateway also to a plain server that is told one', () => {
  const of = (headers: string[]) =>
    capabilitiesOf({ dialect: 'openai', preset: 'openai-compatible', headers });
  expect(of(['x-portkey-provider']).route?.values).toContain('bedrock');
  expect(of(['x-team']).route).toBeNull();
  const inline = { dialect: 'inline' as const, preset: 'inline-compatible', headers: ['x-portkey-provider'] };
  expect(capabilitiesOf(inline).route).toBeNull();
});
