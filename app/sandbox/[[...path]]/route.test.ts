import { randomBytes } from 'node:crypto';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { hashToken } from '#lib/auth/secret-token';
import { openSession } from '#lib/auth/session';
import { type Context, thisProcess } from '#lib/context';
import { newId } from '#lib/model/id';
import { openSandbox } from '#lib/sandbox/open-sandbox';
import { peerKey } from '#lib/secrets/peer-key';
import { testContext, testEnv } from '#lib/test-context';
import { GET, POST } from './route.ts';

const token = `bd_${newId('tok')}`;
let ctx: Context;
let userId = '';

beforeAll(async () => {
  ctx = await testContext();
  const dir = mkdtempSync(path.join(tmpdir(), 'sandbox-'));
  ctx = { ...ctx, sandbox: await openSandbox({ dir, clock: ctx.clock, log: ctx.log }) };
  if (ctx.actor.kind === 'user') userId = ctx.actor.userId;
  await ctx.db
    .insertInto('tokens')
    .values({
      id: newId('tok'),
      workspace: ctx.workspace,
      name: 'ci',
      token_hash: hashToken(token),
      user_id: userId,
      connection_id: null,
      set_by_file: 0,
      created_at: 0,
      used_at: null,
    })
    .execute();
  thisProcess().deps = ctx;
});
afterAll(() => {
  thisProcess().deps = null;
});

const one = JSON.stringify({ requests: [{ custom_id: 'a', params: { model: 'sandbox/instant' } }] });

function ask(url: string, headers: Record<string, string>, body?: string): Promise<Response> {
  const request = new Request(`http://localhost:3000/sandbox${url}`, {
    method: body ? 'POST' : 'GET',
    headers,
    body,
  });
  return body ? POST(request) : GET(request);
}

describe('the sandbox over HTTP', () => {
  it.each([
    ['Authorization', { authorization: `Bearer ${token}` }],
    ['x-api-key', { 'x-api-key': token }],
  ])('takes a Batchdeck token in %s, and answers create and read', async (_, headers) => {
    const created = await ask('/v1/batches', headers, one);
    expect(created.status).toBe(200);
    const { batch_id: id } = await created.json();
    const results = await ask(`/v1/batches/${id}`, headers);
    expect(JSON.parse(await results.text())).toMatchObject({ custom_id: 'a' });
    expect(await (await ask('/v1/batches?limit=1', headers)).json()).toMatchObject({ data: [{ id }] });
  });

  it('knows no session cookie and no other key', async () => {
    const cookie = `__Host-batchdeck=${await openSession(ctx.db, ctx, userId)}`;
    const wrong = { authorization: 'Bearer bd_0123456789abcdef0123' };
    const session = { cookie, origin: 'http://127.0.0.1:3000' };
    const keys: Record<string, string>[] = [{}, session, wrong, { 'x-api-key': 'sk-1' }];
    for (const headers of keys) {
      const answer = await ask('/v1/batches', headers, one);
      expect(answer.status).toBe(401);
      expect((await answer.json()).error).toMatchObject({
        type: 'authentication_error',
        param: null,
        code: 401,
      });
    }
  });

  it('takes the key of another process of this install, and none made from other master keys', async () => {
    const asPeer = ({ keyring }: Context) => ({ authorization: `Bearer ${peerKey(keyring)}` });
    expect((await ask('/v1/batches', asPeer(ctx), one)).status).toBe(200);
    const key = `k1:${randomBytes(32).toString('base64')}`;
    const stranger = await testContext({ env: testEnv({ BATCHDECK_KEYS: key }) });
    expect((await ask('/v1/batches', asPeer(stranger), one)).status).toBe(401);
  });

  it('is not offered by a process that does not own it', async () => {
    thisProcess().deps = { ...ctx, env: { ...ctx.env, ownsSandbox: false } };
    const answer = await ask('/v1/batches', { authorization: `Bearer ${token}` }, one);
    thisProcess().deps = ctx;
    expect(answer.status).toBe(404);
  });

  it('lets a token in whatever cookie comes along', async () => {
    const headers = { cookie: '__Host-batchdeck=garbage', authorization: `Bearer ${token}` };
    expect((await ask('/v1/batches', headers)).status).toBe(200);
  });

  it('answers unknown paths in its own shape', async () => {
    for (const url of ['', '/v1', '/v1/models', '/v1/batches/x/y/z']) {
      const answer = await ask(url, { authorization: `Bearer ${token}` });
      expect(answer.status).toBe(404);
      expect((await answer.json()).error.type).toBe('not_found_error');
    }
  });

  it('turns strangers away in the words of the dialect they came with', async () => {
    const errors = [];
    for (const url of ['/v1/batches', '/v1/files', '/v1/messages/batches']) {
      errors.push(await (await ask(url, {})).json());
    }
    expect(errors).toMatchObject([
      { error: { type: 'authentication_error', code: 401 } },
      { error: { type: 'invalid_request_error', code: 'invalid_api_key' } },
      { type: 'error', error: { type: 'authentication_error' }, request_id: expect.stringMatching(/^req_/) },
    ]);
  });

  it('names the results of a message batch at the address it was asked at', async () => {
    const headers = { 'x-api-key': token, 'anthropic-version': '2023-06-01' };
    const params = { model: 'sandbox/instant', max_tokens: 9, messages: [{ role: 'user', content: 'Hi' }] };
    const body = JSON.stringify({ requests: [{ custom_id: 'a', params }] });
    for (const [host, origin] of [
      ['127.0.0.1:3000', 'http://127.0.0.1:3000'],
      ['batches.internal:8080', 'http://batches.internal:8080'],
    ]) {
      const { id } = await (await ask('/v1/messages/batches', headers, body)).json();
      const shown = await (await ask(`/v1/messages/batches/${id}`, { ...headers, host: host ?? '' })).json();
      expect(shown.results_url).toBe(`${origin}/sandbox/v1/messages/batches/${id}/results`);
    }
  });

  it('breaks the connection off before a header has left', async () => {
    const faults = { 'x-sandbox-faults': '{"on":"create","drop":true}', authorization: `Bearer ${token}` };
    const answer = await ask('/v1/batches', faults, one);
    await expect(answer.text()).rejects.toThrow('broke');
  });
});
