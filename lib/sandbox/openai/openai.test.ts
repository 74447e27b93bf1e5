import { rmSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { aSandbox, fileLine, fileLines, form, linesOf, request, started } from '#lib/sandbox/sandbox-kit';

const order = (input_file_id: string, more: object = {}) =>
  JSON.stringify({
    input_file_id,
    endpoint: '/v1/chat/completions',
    completion_window: '24h',
    ...more,
  });

async function aBatch(lines: object[] | string, more: object = {}) {
  const sandbox = await aSandbox();
  const fileId = await sandbox.upload(lines);
  const created = await sandbox.json('POST', '/v1/batches', order(fileId, more));
  const look = () => sandbox.json('GET', `/v1/batches/${created.id}`);
  const content = async (id: string) => linesOf(await sandbox.ask('GET', `/v1/files/${id}/content`));
  return { ...sandbox, fileId, id: String(created.id), created, look, content };
}

const keys = [
  'id',
  'object',
  'endpoint',
  'errors',
  'input_file_id',
  'completion_window',
  'status',
  'output_file_id',
  'error_file_id',
  'created_at',
  'in_progress_at',
  'expires_at',
  'finalizing_at',
  'completed_at',
  'failed_at',
  'expired_at',
  'cancelling_at',
  'cancelled_at',
  'request_counts',
  'metadata',
];

describe('the sandbox as OpenAI', () => {
  it('takes a file in a form, whatever comes first in it, and gives it back as it was', async () => {
    const { ask, json } = await aSandbox();
    const lines = [fileLine('a'), fileLine('ü')];
    const text = lines.map((line) => `${JSON.stringify(line)}\n`).join('');
    const [body, headers] = form(text, { purpose: 'batch' });
    const parts = body.split('--cut').slice(1, 3);
    for (const sent of [body, `--cut${parts.toReversed().join('--cut')}--cut--\r\n`]) {
      const file = await json('POST', '/v1/files', sent, headers);
      expect(file).toEqual({
        object: 'file',
        id: expect.stringMatching(/^file-\w{22}$/),
        purpose: 'batch',
        filename: 'rows.jsonl',
        bytes: Buffer.byteLength(text),
        created_at: started / 1000,
        expires_at: started / 1000 + 30 * 86_400,
        status: 'processed',
        status_details: null,
      });
      expect(await json('GET', `/v1/files/${file.id}`)).toEqual(file);
      const content = await ask('GET', `/v1/files/${file.id}/content`);
      expect(content.headers.get('content-type')).toBe('application/octet-stream');
      expect(content.headers.get('content-disposition')).toBe('attachment; filename="rows.jsonl"');
      expect(await content.text()).toBe(text);
    }
    expect((await json('GET', '/v1/files?purpose=batch')).data).toHaveLength(2);
  });

  it('answers a create in lines, with all twenty keys and their nulls', async () => {
    const { ask, upload } = await aSandbox();
    const fileId = await upload([fileLine('a')]);
    const answer = await ask('POST', '/v1/batches', order(fileId, { metadata: { team: 'blue' } }));
    const text = await answer.text();
    expect(answer.status).toBe(200);
    expect(answer.headers.get('content-type')).toBe('application/json');
    expect(text.split('\n').length).toBeGreaterThan(20);
    const batch = JSON.parse(text);
    expect(Object.keys(batch)).toEqual(keys);
    expect(batch).toMatchObject({
      id: expect.stringMatching(/^batch_[0-9a-f]{32}$/),
      status: 'validating',
      input_file_id: fileId,
      request_counts: { total: 0, completed: 0, failed: 0 },
      metadata: { team: 'blue' },
      created_at: started / 1000,
      expires_at: started / 1000 + 86_400,
    });
    const others = keys.filter((key) => /_at$|_file_id$|errors/.test(key) && batch[key] === null);
    expect(others).toHaveLength(10);
  });

  it('runs, counts as it goes, and ends with two files', async () => {
    const { look, later, content, json, id } = await aBatch(fileLines(200, 'sandbox/flaky'));
    expect((await look()).status).toBe('validating');
    later(4_000);
    const running = await look();
    expect(running).toMatchObject({ status: 'in_progress', request_counts: { total: 200 } });
    expect(running.request_counts.completed).toBeGreaterThan(20);
    later(3_500);
    expect(await look()).toMatchObject({ status: 'finalizing', output_file_id: null, error_file_id: null });
    later(500);
    const done = await look();
    const [output, errors] = [await content(done.output_file_id), await content(done.error_file_id)];
    expect(done.request_counts).toEqual({ total: 200, completed: output.length, failed: errors.length });
    expect(output.every((line) => line.error === null && line.response.status_code === 200)).toBe(true);
    expect(output[0].response.body).toMatchObject({ object: 'chat.completion', model: 'sandbox/flaky' });
    expect(errors.some((line) => line.response?.status_code === 400 && line.error === null)).toBe(true);
    expect(errors.some((line) => line.error?.code === 'batch_expired')).toBe(true);
    expect(errors.filter((line) => typeof line.error === 'string')).toEqual([]);
    const file = await json('GET', `/v1/files/${done.output_file_id}`);
    const bytes = output.map((line) => JSON.stringify(line)).join('\n').length + 1;
    expect(file).toMatchObject({ purpose: 'batch_output', filename: `${id}_output.jsonl`, bytes });
    expect((await json('GET', '/v1/files')).data).toHaveLength(3);
  });

  it('has no output file where nothing succeeded, and no error file where nothing failed', async () => {
    const good = await aBatch([fileLine('a', 'sandbox/instant')]);
    expect(await good.look()).toMatchObject({ status: 'completed', error_file_id: null });
    const bad = await aBatch(fileLines(60, 'sandbox/expiring').slice(0, 1));
    bad.later(7_000);
    expect(await bad.look()).toMatchObject({
      status: 'expired',
      output_file_id: null,
      error_file_id: expect.stringMatching(/^file-/),
    });
  });

  it.each([
    ['not JSON', '{"custom_id":\n', 'invalid_json_line', 1],
    ['a repeated id', [fileLine('a'), fileLine('a')], 'duplicate_custom_id', 2],
    ['another address', [fileLine('a', 'm', {}, '/v1/embeddings')], 'url_mismatch', 1],
    ['two models', [fileLine('a', 'm'), fileLine('b', 'n')], 'model_mismatch', 2],
    ['a line without method', [{ custom_id: 'a', url: '/v1/x', body: {} }], 'missing_required_parameter', 1],
    ['params in place of a body', [request('a')], 'missing_required_parameter', 1],
    ['nothing at all', '\n\n', 'empty_file', null],
  ])('accepts a file with %s and fails it afterwards', async (_, lines, code, line) => {
    const { created, look } = await aBatch(lines);
    expect(created).toMatchObject({ status: 'validating', errors: null });
    expect(await look()).toMatchObject({
      status: 'failed',
      failed_at: started / 1000,
      in_progress_at: null,
      output_file_id: null,
      errors: { object: 'list', data: [{ code, line, message: expect.any(String) }] },
    });
  });

  it('reads a large file in a thread, and takes up after a restart what a crash left unread', async () => {
    const { look, restart, dir, id } = await aBatch(fileLines(5_000, 'sandbox/instant'));
    const read = async () => {
      for (;;) {
        const batch = await look();
        if (batch.status !== 'validating') return batch;
        await new Promise((resolve) => setTimeout(resolve, 10));
      }
    };
    expect(await read()).toMatchObject({
      status: 'completed',
      request_counts: { total: 5_000, completed: 5_000 },
    });
    rmSync(`${dir}/batches/${id}/verdict.json`);
    await restart();
    expect(await read()).toMatchObject({ status: 'completed', request_counts: { completed: 5_000 } });
  });

  it('cancels with what was done by then, and not what is over', async () => {
    const { ask, json, id, later, look, content } = await aBatch(fileLines(100, 'sandbox/echo'));
    later(4_000);
    expect(await json('POST', `/v1/batches/${id}/cancel`)).toMatchObject({
      status: 'cancelling',
      cancelling_at: started / 1000 + 4,
    });
    later(1_000);
    const done = await look();
    expect(done).toMatchObject({ status: 'cancelled', request_counts: { total: 100, completed: 50 } });
    expect(await content(done.output_file_id)).toHaveLength(50);
    expect((await content(done.error_file_id)).map((line) => line.error.code)).toEqual(
      Array(50).fill('batch_cancelled'),
    );
    const again = await ask('POST', `/v1/batches/${id}/cancel`);
    expect(again.status).toBe(409);
    expect(await again.json()).toEqual({
      error: {
        message: "Cannot cancel a batch with status 'cancelled'.",
        type: 'invalid_request_error',
        param: null,
        code: null,
      },
    });
  });

  it.each([
    ['/v1/completions', { prompt: 'Say hello' }, { object: 'text_completion' }],
    [
      '/v1/embeddings',
      { input: ['a', 'b'], dimensions: 8 },
      { object: 'list', data: [{ index: 0 }, { index: 1 }] },
    ],
    ['/v1/responses', { input: 'Hello' }, { object: 'response', output: [{ type: 'message' }] }],
  ])('answers %s in its own shape', async (endpoint, body, shape) => {
    const line = {
      custom_id: 'a',
      method: 'POST',
      url: endpoint,
      body: { model: 'sandbox/instant', ...body },
    };
    const { look, content } = await aBatch([line], { endpoint });
    const [answer] = await content((await look()).output_file_id);
    expect(answer.response.body).toMatchObject({
      ...shape,
      model: 'sandbox/instant',
      usage: expect.any(Object),
    });
  });

  it.each([
    ['an unknown file', { input_file_id: 'file-none' }, 'input_file_id'],
    ['an unknown endpoint', { endpoint: '/v1/audio' }, 'endpoint'],
    ['another window', { completion_window: '7d' }, 'completion_window'],
    ['metadata that is no text', { metadata: { a: 1 } }, 'metadata.a'],
    [
      'an output that goes too soon',
      { output_expires_after: { anchor: 'created_at', seconds: 5 } },
      'output_expires_after.seconds',
    ],
  ])('refuses %s at once', async (_, more, param) => {
    const { created, creates } = await aBatch([fileLine('a')], more);
    expect(created.error).toMatchObject({ type: 'invalid_request_error', param, code: 'invalid_value' });
    expect(creates()).toEqual([]);
  });

  it.each([
    ['another ending', form([fileLine('a')], { purpose: 'batch' }, 'rows.txt'), 'Must be .jsonl'],
    ['no purpose', form([fileLine('a')], {}), "'purpose' is a required property"],
    ['an unknown purpose', form([fileLine('a')], { purpose: 'fun' }), "'fun' is not one of"],
    [
      'a form cut short',
      [form([fileLine('a')], { purpose: 'batch' })[0].slice(0, -9), form([], {})[1]],
      'well-formed',
    ],
    ['no form at all', ['{}', { 'content-type': 'application/json' }], 'multipart/form-data'],
  ] as [string, [string, Record<string, string>], string][])(
    'refuses an upload with %s',
    async (_, [body, headers], words) => {
      const { ask, json } = await aSandbox();
      const answer = await ask('POST', '/v1/files', body, headers);
      expect(answer.status).toBe(400);
      expect((await answer.json()).error.message).toContain(words);
      expect((await json('GET', '/v1/files')).data).toEqual([]);
    },
  );

  it('lists batches of both dialects in pages, each in its own words', async () => {
    const { json, create, upload } = await aSandbox();
    const inline = await create([request('a')]);
    const fileId = await upload([fileLine('a')]);
    const filed = (await json('POST', '/v1/batches', order(fileId))).id;
    const page = await json('GET', '/v1/batches?limit=1');
    expect(page).toMatchObject({
      object: 'list',
      has_more: true,
      data: [{ id: filed, error_file_id: null }],
    });
    const rest = await json('GET', `/v1/batches?limit=1&after=${page.last_id}`);
    expect(rest).toMatchObject({ has_more: false, data: [{ id: inline, error_file_id: '' }] });
  });

  it('forgets a file that is deleted, while a batch made of it goes on', async () => {
    const { ask, json, fileId, later, look, content } = await aBatch([fileLine('a', 'sandbox/echo')]);
    expect(await json('DELETE', `/v1/files/${fileId}`)).toEqual({
      object: 'file',
      deleted: true,
      id: fileId,
    });
    expect((await ask('GET', `/v1/files/${fileId}`)).status).toBe(404);
    later(10_000);
    const { output_file_id: output } = await look();
    expect(await content(output)).toHaveLength(1);
    await json('DELETE', `/v1/files/${output}`);
    expect((await ask('GET', `/v1/files/${output}/content`)).status).toBe(404);
  });

  it('lets results go when they were meant to', async () => {
    const expiry = { output_expires_after: { anchor: 'created_at', seconds: 3_600 } };
    const { ask, json, later, look } = await aBatch([fileLine('a', 'sandbox/instant')], expiry);
    const { output_file_id: id } = await look();
    expect((await json('GET', `/v1/files/${id}`)).expires_at).toBe(started / 1000 + 3_600);
    later(3_600_000);
    expect((await ask('GET', `/v1/files/${id}/content`)).status).toBe(404);
  });
});
