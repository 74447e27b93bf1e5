import { readdirSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import type { FaultRule } from '#lib/model/sandbox-fault-script';
import { aSandbox, fileLine, fileLines, linesOf, request, requests } from '#lib/sandbox/sandbox-kit';

const under = (...rules: FaultRule[]) => aSandbox({ 'x-sandbox-faults': JSON.stringify(rules) });
const two = JSON.stringify({ requests: [request('a', 'sandbox/instant'), request('b', 'sandbox/instant')] });
const other = JSON.stringify({ requests: [request('c')] });
const anthropic = { 'anthropic-version': '2023-06-01' };

describe('a sandbox that was told to misbehave', () => {
  it('loses the answer to the first create of the same requests, and answers the second', async () => {
    const { ask, creates, json, journal } = await aSandbox({ 'x-sandbox-faults': 'lost-answer' });
    await expect(ask('POST', '/v1/batches', two)).rejects.toThrow('broke');
    expect(creates()).toHaveLength(1);
    expect(journal()[0]).toMatchObject({ status: 0, accepted: true });
    await expect(ask('POST', '/v1/batches', other)).rejects.toThrow();
    const again = two.replace('{', '{"metadata":{"batchdeck_intent":"int_2"},');
    expect((await ask('POST', '/v1/batches', again)).status).toBe(200);
    expect((await json('GET', '/v1/batches')).data).toHaveLength(3);
  });

  it('breaks off before it accepts', async () => {
    const { ask, creates, json, journal, dir } = await under({ on: 'create', times: 1, drop: true });
    await expect(ask('POST', '/v1/batches', two)).rejects.toThrow();
    expect(creates()).toEqual([]);
    expect(readdirSync(path.join(dir, 'drafts'))).toEqual([]);
    expect(journal()[0]).toMatchObject({ status: 0, accepted: false, requests: 2 });
    expect((await json('GET', '/v1/batches')).data).toEqual([]);
    expect((await ask('POST', '/v1/batches', two)).status).toBe(200);
  });

  it('says 500 though it accepted, and does not accept where it says 429', async () => {
    const accepting = await under({ on: 'create', status: 500, accepted: true });
    expect((await accepting.ask('POST', '/v1/batches', two)).status).toBe(500);
    expect(accepting.creates()).toHaveLength(1);
    const busy = await under({ on: 'create', status: 429 });
    expect((await busy.ask('POST', '/v1/batches', two)).status).toBe(429);
    expect(busy.creates()).toEqual([]);
  });

  it('has written down what it accepted before it falls silent', async () => {
    const { ask, creates } = await under({ on: 'create', hangMs: 600_000, accepted: true });
    const leave = new AbortController();
    const waiting = ask('POST', '/v1/batches', two, {}, leave.signal);
    await expect.poll(creates).toMatchObject([{ accepted: true, requests: 2, status: 0 }]);
    leave.abort();
    await expect(waiting).rejects.toThrow();
  });

  it('drops the upload and the create of an OpenAI batch, each before and after', async () => {
    const lost = await under(
      { on: 'upload', times: 1, drop: true },
      { on: 'create', times: 1, drop: true, accepted: true },
    );
    await expect(lost.upload([fileLine('a')])).rejects.toThrow();
    const order = async () => {
      const input_file_id = await lost.upload([fileLine('a')]);
      const body = { input_file_id, endpoint: '/v1/chat/completions', completion_window: '24h' };
      return lost.ask('POST', '/v1/batches', JSON.stringify(body));
    };
    await expect(order()).rejects.toThrow();
    expect((await order()).status).toBe(200);
    expect(lost.creates()).toHaveLength(2);
    expect((await lost.json('GET', '/v1/files?purpose=batch')).data).toHaveLength(2);
  });

  it.each([
    [2, '2'],
    [-1, '-1'],
    [1e9, '1000000000'],
    ['date', expect.stringMatching(/^\w{3}, \d\d \w{3} \d{4} .* GMT$/)],
    [undefined, null],
  ] as const)('gives Retry-After as %s', async (retryAfter, header) => {
    const { ask } = await under({
      on: 'list',
      status: 429,
      ...(retryAfter === undefined ? {} : { retryAfter }),
    });
    const answer = await ask('GET', '/v1/batches');
    expect([answer.status, answer.headers.get('retry-after')]).toEqual([429, header]);
    expect((await answer.json()).error.message).toContain('429');
  });

  it('rejects the key after so many calls, in the words of each dialect', async () => {
    const { ask } = await under({ on: 'any', after: 2, status: 401 });
    expect((await ask('GET', '/v1/batches')).status).toBe(200);
    expect((await ask('GET', '/v1/files')).status).toBe(200);
    expect(await (await ask('GET', '/v1/files')).json()).toMatchObject({
      error: { code: 'invalid_api_key' },
    });
    const message = await ask('GET', '/v1/messages/batches', undefined, anthropic);
    expect(await message.json()).toMatchObject({ error: { type: 'authentication_error' } });
  });

  it('counts for each caller by itself, over a restart too', async () => {
    const { ask, restart } = await under({ on: 'any', after: 1, status: 401 });
    const from = async (caller: string) =>
      (await ask('GET', '/v1/batches', undefined, { 'x-sandbox-caller': caller })).status;
    expect([await from('a'), await from('a'), await from('b')]).toEqual([200, 401, 200]);
    await restart();
    expect([await from('a'), await from('b'), await from('c')]).toEqual([401, 401, 200]);
  });

  it('does not know a fresh batch for some looks, counted by batch and over a restart', async () => {
    const { ask, create, restart } = await under({ on: 'status', times: 2, status: 404 });
    const [a, b] = [await create([request('a')]), await create([request('b')])];
    const look = async (id: string) => (await ask('GET', `/v1/batches/${id}`)).status;
    expect([await look(a), await look(b), await look(b), await look(b)]).toEqual([404, 404, 404, 200]);
    await restart();
    expect([await look(a), await look(a)]).toEqual([404, 200]);
  });

  it('answers web pages and nothing at all under 200', async () => {
    const { ask, create } = await aSandbox({ 'x-sandbox-faults': 'web-page' });
    const id = await create([request('a')]);
    const texts = [];
    for (let n = 0; n < 4; n++) {
      const answer = await ask('GET', `/v1/batches/${id}`);
      texts.push([
        answer.status,
        answer.headers.get('content-type')?.split(';')[0],
        (await answer.text()).slice(0, 9),
      ]);
    }
    expect(texts).toEqual([
      [200, 'text/html', '<!doctype'],
      [200, 'application/json', expect.stringContaining('{')],
      [200, 'application/json', ''],
      [200, 'application/json', expect.stringContaining('{')],
    ]);
  });

  it('cuts results at a byte, with a broken connection or as if that were all', async () => {
    const rules: FaultRule[] = [
      { on: 'results', times: 1, cutAt: 700 },
      { on: 'results', after: 1, times: 1, cutAt: 700, cutCleanly: true },
    ];
    const { ask, create } = await under(...rules);
    const id = await create(requests(50, 'sandbox/instant'));
    const bytes = async () => (await ask('GET', `/v1/batches/${id}`)).arrayBuffer();
    await expect(bytes()).rejects.toThrow('broke');
    expect((await bytes()).byteLength).toBe(700);
    expect((await bytes()).byteLength).toBeGreaterThan(20_000);
  });

  it('repeats, forgets and reorders results, differently at each reading', async () => {
    const { ask, create } = await under({ on: 'results', duplicate: 5, omit: 7, shuffle: true });
    const id = await create(requests(70, 'sandbox/instant'));
    const read = async () =>
      (await linesOf(await ask('GET', `/v1/batches/${id}`))).map((line) => line.custom_id);
    const [first, second] = [await read(), await read()];
    expect(first).toHaveLength(70 - 10 + 12);
    expect(new Set(first).size).toBe(60);
    expect(second).not.toEqual(first);
    expect(second.toSorted()).toEqual(first.toSorted());
  });

  it('speaks of an unknown status in each dialect', async () => {
    const { json, create } = await under({ on: 'status', times: 1, word: 'pondering' });
    const id = await create([request('a')]);
    expect(await json('GET', `/v1/batches/${id}`)).toMatchObject({ status: 'pondering' });
    expect(await json('GET', `/v1/batches/${id}`)).toMatchObject({ status: 'validating' });
    const message = await json('POST', '/v1/messages/batches', other, anthropic);
    const shown = await json('GET', `/v1/messages/batches/${message.id}`, undefined, anthropic);
    expect(shown).toMatchObject({ processing_status: 'pondering' });
  });

  it('goes back from its end and names its results late', async () => {
    const { json, upload, ask } = await aSandbox();
    const input_file_id = await upload([fileLine('a', 'sandbox/instant')]);
    const order = { input_file_id, endpoint: '/v1/chat/completions', completion_window: '24h' };
    const filed = await json('POST', '/v1/batches', JSON.stringify(order));
    const inline = await json('POST', '/v1/batches', two);
    const message = await json('POST', '/v1/messages/batches', two, anthropic);
    const headers = { ...anthropic, 'x-sandbox-faults': 'backwards' };
    const looks = async (path: string) => {
      const seen = [];
      for (let n = 0; n < 4; n++) seen.push(await (await ask('GET', path, undefined, headers)).text());
      return seen;
    };
    const statuses = (texts: string[]) =>
      texts.map((text) => /"(?:processing_)?status": ?"([a-z_]+)"/.exec(text)?.[1]);
    const openai = await looks(`/v1/batches/${filed.id}`);
    expect(statuses(openai)).toEqual(['completed', 'validating', 'validating', 'completed']);
    expect(openai[0]).toContain('"output_file_id": null');
    expect(openai[3]).toMatch(/"output_file_id": "file-/);
    const inlined = await looks(`/v1/batches/${inline.batch_id}`);
    expect(statuses(inlined)).toEqual(['completed', 'validating', 'validating', undefined]);
    expect(inlined[3]).toContain('"custom_id":"a"');
    const messages = await looks(`/v1/messages/batches/${message.id}`);
    expect(statuses(messages)).toEqual(['ended', 'in_progress', 'in_progress', 'ended']);
    expect(messages[0]).toContain('"results_url":null');
  });

  it.each([
    ['zero', { total: 0, completed: 0, failed: 0 }],
    ['none', null],
    ['text', { total: '100', completed: '0', failed: '0' }],
    ['over', { total: 100, completed: 7, failed: 7 }],
  ] as const)('counts %s', async (counts, shown) => {
    const { json, create } = await under({ on: 'status', counts });
    const id = await create(requests(100, 'sandbox/echo'));
    expect((await json('GET', `/v1/batches/${id}`)).request_counts).toEqual(shown);
  });

  it('takes its time, hangs until it is left, and trickles', async () => {
    const rules: FaultRule[] = [
      { on: 'list', delayMs: 60 },
      { on: 'create', hangMs: 600_000 },
    ];
    const { ask } = await under(...rules);
    const began = performance.now();
    await ask('GET', '/v1/batches');
    expect(performance.now() - began).toBeGreaterThan(50);
    await expect(ask('POST', '/v1/batches', two, {}, AbortSignal.timeout(20))).rejects.toThrow();

    const slow = await under({ on: 'results', trickleMs: 1 });
    const id = await slow.create(requests(20, 'sandbox/instant'));
    const answer = await slow.ask('GET', `/v1/batches/${id}`);
    let pieces = 0;
    for await (const piece of answer.body ?? []) {
      expect(piece.length).toBeLessThanOrEqual(512);
      pieces++;
    }
    expect(pieces).toBeGreaterThan(20);
  });

  it('says what is wrong with a script, and does nothing', async () => {
    const { ask, creates } = await aSandbox({ 'x-sandbox-faults': '{"on":"creat"}' });
    const answer = await ask('POST', '/v1/batches', two);
    expect(answer.status).toBe(400);
    expect((await answer.json()).error.message).toContain('x-sandbox-faults: Rule 1: `on` must be one of');
    expect(creates()).toEqual([]);
  });

  it('misbehaves for those who ask for it and for nobody else', async () => {
    const { ask, upload } = await aSandbox();
    const faults = { 'x-sandbox-faults': '{"on":"any","status":503}' };
    expect((await ask('GET', '/v1/files', undefined, faults)).status).toBe(503);
    expect(await upload(fileLines(1, 'sandbox/echo'))).toMatch(/^file-/);
  });
});
