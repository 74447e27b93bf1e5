import { describe, expect, it } from 'vitest';
import { dialects } from '#lib/model/connection';
import { Unreached } from '#lib/outbound/outbound';
import { scripted } from './provider-kit.ts';
import { providerFor } from './registry.ts';

const quarter = 900_000;
const inAMinute = () => new Date(Date.now() + 60_000).toUTCString();
/** A date has whole seconds, and a moment passes while it is read. */
const aboutAMinute = expect.toSatisfy((ms: unknown) => Number(ms) > 50_000 && Number(ms) <= 60_000);
const forms: [string | null, unknown][] = [
  [null, null],
  ['7', 7_000],
  ['0', 0],
  ['1.5', 1_500],
  [inAMinute(), aboutAMinute],
  ['Fri, 31 Dec 9999 23:59:59 GMT', quarter],
  ['Thu, 01 Jan 1970 00:00:00 GMT', null],
  ['-1', null],
  ['1000000000', quarter],
  ['9'.repeat(400), null],
  ['soon', null],
  ['', null],
];

describe.each(dialects)('looking at a batch of the %s dialect', (dialect) => {
  const provider = providerFor(dialect, '');
  const poll = (body: string, init: ResponseInit = {}) =>
    provider.poll(scripted(() => new Response(body, init)).fetch, 'batch_1');
  const cancel = (body: string, init: ResponseInit = {}) =>
    provider.cancel(scripted(() => new Response(body, init)).fetch, 'batch_1');
  const running = '{"id":"batch_1","status":"in_progress","processing_status":"in_progress"}';

  it.each([
    ['an empty 200', '', 'empty answer'],
    ['a web page', '<!doctype html><html>', 'web page'],
    ['an error under a 200', '{"error":{"message":"try later"}}', 'try later'],
    ['half a status', '{"status":"in_progr', 'The provider answered 200'],
    ['a list', '[1,2]', 'The provider answered 200'],
  ])('takes %s as trouble and changes nothing', async (_, body, words) => {
    expect(await poll(body)).toMatchObject({ kind: 'trouble', message: expect.stringContaining(words) });
  });

  it('knows not found, a rejected key and trouble apart', async () => {
    for (const status of [404, 410]) {
      expect(await poll('{"detail":"Batch not found"}', { status })).toEqual({ kind: 'not_found' });
    }
    expect(await poll('{"detail":"bad key sk-canary-123456"}', { status: 401 })).toEqual({
      kind: 'credential_rejected',
      message: 'bad key [hidden]',
    });
    expect(
      await poll('{"status":"failure","message":"Something went wrong"}', { status: 500 }),
    ).toMatchObject({
      kind: 'trouble',
      message: 'Something went wrong',
    });
    const reset = () => Promise.reject(new Unreached('reset', true, 'The connection broke.'));
    expect(await provider.poll(scripted(reset).fetch, 'batch_1')).toMatchObject({
      kind: 'trouble',
      message: 'The connection broke.',
    });
  });

  it('passes on how long it shall wait, also while all is well, and no longer than a quarter of an hour', async () => {
    const wish = (after: string) => ({ headers: { 'retry-after': after } });
    expect(await poll(running, wish('10'))).toMatchObject({ kind: 'report', retryAfterMs: 10_000 });
    expect(await poll(running)).toMatchObject({ retryAfterMs: null });
  });

  it.each([429, 529, 500, 502, 503])(
    'takes %i as trouble and heeds every form of Retry-After',
    async (status) => {
      for (const [after, ms] of forms) {
        const headers = new Headers(after === null ? [] : [['retry-after', after]]);
        for (const body of ['', '<html>busy</html>', '{"error":{"message":"busy"}}']) {
          expect([after, await poll(body, { status, headers })]).toEqual([
            after,
            expect.objectContaining({ kind: 'trouble', retryAfterMs: ms }),
          ]);
        }
      }
    },
  );

  it('cancels by one call', async () => {
    const { fetch, calls } = scripted(() => new Response(running.replaceAll('in_progress', 'canceling')));
    expect(await provider.cancel(fetch, 'batch_1')).toMatchObject({ report: { state: 'cancelling' } });
    const path = expect.stringMatching(/\/batches\/batch_1\/cancel$/);
    expect(calls).toMatchObject([{ method: 'POST', path }]);
  });

  it.each([400, 401, 403, 404, 409, 422, 429, 500])(
    'leaves a cancel answered %i to the next look',
    async (status) => {
      const body = '{"error":{"message":"Cannot cancel a batch with status \'completed\'."}}';
      expect(await cancel(body, { status })).toMatchObject({
        kind: 'trouble',
        message: "Cannot cancel a batch with status 'completed'.",
      });
    },
  );

  it.each([
    '',
    '.',
    '..',
    '../x',
    'a/b',
    'a%2fb',
    'a?b',
    'a#b',
    'a b',
    'a\nb',
    '\ud800',
    'arn%3Ax%2F..%2Fy',
    'é',
    'x'.repeat(1_025),
  ])('never asks for the id %j', async (id) => {
    const { fetch, calls } = scripted(() => new Response(running));
    expect((await provider.poll(fetch, id)).kind).toBe('trouble');
    expect((await provider.cancel(fetch, id)).kind).toBe('trouble');
    expect(calls).toEqual([]);
  });
});
