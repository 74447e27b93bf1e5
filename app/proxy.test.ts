import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { NextRequest, type NextResponse } from 'next/server';
import { expect, test } from 'vitest';

type Proxy = { proxy(request: NextRequest): NextResponse; config: { matcher: string[] } };
const { proxy, config } = (await import(pathToFileURL(path.resolve('proxy.ts')).href)) as Proxy;
const matches = (address: string) => config.matcher.some((source) => new RegExp(`^${source}$`).test(address));

test('it stands before pages and never before a route that takes or streams a body', () => {
  for (const page of [
    '/',
    '/batches',
    '/batches/new',
    '/sign-in',
    '/setup/x',
    '/s/token',
    '/apis',
    '/v1x',
    '/nope',
    '/favicon.ico',
    '/iconography',
    '/_next/nope',
  ]) {
    expect([page, matches(page)]).toEqual([page, true]);
  }
  const others = [
    '/api',
    '/api/files',
    '/api/session',
    '/v1/batches',
    '/v1',
    '/sandbox/v1/batches',
    '/s/token/batch',
    '/s/token/exports/output.jsonl',
    '/_next/static/chunks/a.js',
    '/icon.svg',
  ];
  for (const other of others) expect([other, matches(other)]).toEqual([other, false]);
});

test('each answer has a nonce of its own, whatever the caller sent', () => {
  const headers = {
    'x-nonce': 'evil',
    'x-batchdeck-method': 'evil',
    'content-security-policy': "script-src 'nonce-evil'",
  };
  const [first, second] = [0, 1].map(() => proxy(new NextRequest('http://localhost/batches', { headers })));
  const policy = first?.headers.get('content-security-policy') ?? '';
  const nonce = /'nonce-([^']+)'/.exec(policy)?.[1] ?? '';
  expect(nonce).toHaveLength(24);
  expect(first?.headers.get('x-middleware-request-x-nonce')).toBe(nonce);
  expect(first?.headers.get('x-middleware-request-content-security-policy')).toBe(policy);
  expect(first?.headers.get('x-middleware-request-x-batchdeck-method')).toBe('GET');
  expect(second?.headers.get('content-security-policy')).not.toBe(policy);
  for (const part of [
    "script-src 'self' 'nonce-",
    "'strict-dynamic'",
    "object-src 'none'",
    "base-uri 'none'",
    "frame-ancestors 'none'",
  ]) {
    expect(policy).toContain(part);
  }
  expect(policy).not.toContain('unsafe-eval');
  expect(policy).toContain(`style-src 'self' 'nonce-${nonce}'; style-src-attr 'unsafe-inline';`);
});
