import { request } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import Anthropic from '@anthropic-ai/sdk';
import OpenAI, { toFile } from 'openai';
import { acceptedCreates, expect, test } from './fixtures.ts';
import { type Server, token } from './server.ts';

/** What a person would have installed, pointed at the sandbox by address and key alone. */
const openaiAt = ({ url }: Server, defaultHeaders = {}) =>
  new OpenAI({ baseURL: `${url}/sandbox/v1`, apiKey: token, maxRetries: 0, defaultHeaders });
const anthropicAt = ({ url }: Server) =>
  new Anthropic({ baseURL: `${url}/sandbox`, apiKey: token, maxRetries: 0 });

const line = (n: number, model: string, url = '/v1/chat/completions') => ({
  custom_id: `row-${n}`,
  method: 'POST',
  url,
  body: { model, messages: [{ role: 'user', content: `Question ${n}` }] },
});
const fileOf = (lines: object[]) =>
  toFile(Buffer.from(lines.map((one) => `${JSON.stringify(one)}\n`).join('')), 'rows.jsonl');
const chat = { endpoint: '/v1/chat/completions', completion_window: '24h' } as const;

async function until<T>(ask: () => Promise<T>, done: (answer: T) => boolean): Promise<T> {
  for (const end = Date.now() + 30_000; ; ) {
    const answer = await ask();
    if (done(answer)) return answer;
    if (Date.now() > end) throw new Error(`Not over in time: ${JSON.stringify(answer)}`);
    await sleep(150);
  }
}

const jsonLines = (text: string) =>
  text
    .trimEnd()
    .split('\n')
    .map((row) => JSON.parse(row));

test('OpenAI’s own client uploads, creates, polls, lists and reads both files', async ({ server }) => {
  const client = openaiAt(server);
  const lines = Array.from({ length: 200 }, (_, n) => line(n, 'sandbox/flaky'));
  const file = await client.files.create({ file: await fileOf(lines), purpose: 'batch' });
  expect(file).toMatchObject({ object: 'file', purpose: 'batch', filename: 'rows.jsonl' });
  expect(await client.files.retrieve(file.id)).toMatchObject({ id: file.id, bytes: file.bytes });
  const batch = await client.batches.create({ input_file_id: file.id, ...chat, metadata: { team: 'blue' } });
  expect(batch).toMatchObject({ status: 'validating', output_file_id: null, metadata: { team: 'blue' } });
  const seen = new Set([batch.status]);
  const over = await until(
    () => client.batches.retrieve(batch.id),
    ({ status }) => seen.add(status).has('completed'),
  );
  const steps = ['validating', 'in_progress', 'finalizing', 'completed'];
  expect([...seen]).toEqual(steps.filter((step) => seen.has(step as 'completed')));
  expect(seen.size).toBeGreaterThan(2);
  const read = async (id: string | null | undefined) =>
    jsonLines(await (await client.files.content(id ?? '')).text());
  const [output, errors] = [await read(over.output_file_id), await read(over.error_file_id)];
  expect(over.request_counts).toEqual({ total: 200, completed: output.length, failed: errors.length });
  expect(output[0].response.body.choices[0].message.content).toContain('Question');
  const content = await client.files.content(over.output_file_id ?? '');
  expect(content.headers.get('content-type')).toBe('application/octet-stream');
  expect(content.headers.get('content-length')).toBeNull();

  const listed = [];
  for await (const one of client.batches.list({ limit: 1 })) listed.push(one.id);
  expect(listed).toContain(batch.id);
  const files = [];
  for await (const one of client.files.list({ limit: 2 })) files.push(one.id);
  expect(files).toEqual(expect.arrayContaining([file.id, over.output_file_id, over.error_file_id]));
  expect(await client.files.delete(file.id)).toEqual({ id: file.id, object: 'file', deleted: true });
  await expect(client.files.retrieve(file.id)).rejects.toThrow(OpenAI.NotFoundError);
});

test('OpenAI’s own client cancels, hears why a file failed, and embeds', async ({ server }) => {
  const client = openaiAt(server);
  const upload = async (lines: object[]) =>
    (await client.files.create({ file: await fileOf(lines), purpose: 'batch' })).id;
  const input_file_id = await upload([line(1, 'sandbox/slow'), line(2, 'sandbox/slow')]);
  const slow = await client.batches.create({ input_file_id, ...chat });
  expect((await client.batches.cancel(slow.id)).status).toBe('cancelling');
  const cancelled = await until(
    () => client.batches.retrieve(slow.id),
    ({ status }) => status === 'cancelled',
  );
  expect(cancelled.cancelled_at).toEqual(expect.any(Number));
  const again = await client.batches.cancel(slow.id).catch((error: unknown) => error);
  expect(again).toBeInstanceOf(OpenAI.ConflictError);
  expect(String(again)).toContain("Cannot cancel a batch with status 'cancelled'.");

  const wrong = await client.batches.create({
    input_file_id: await upload([line(1, 'm'), line(1, 'm')]),
    ...chat,
  });
  const failed = await until(
    () => client.batches.retrieve(wrong.id),
    ({ status }) => status === 'failed',
  );
  expect(failed.errors?.data).toMatchObject([{ code: 'duplicate_custom_id', line: 2 }]);

  const embed = { custom_id: 'a', method: 'POST', url: '/v1/embeddings' };
  const body = { model: 'sandbox/instant', input: ['one', 'two'], dimensions: 16 };
  const vectors = await client.batches.create({
    input_file_id: await upload([{ ...embed, body }]),
    endpoint: '/v1/embeddings',
    completion_window: '24h',
  });
  const done = await until(
    () => client.batches.retrieve(vectors.id),
    ({ status }) => status === 'completed',
  );
  const [answer] = jsonLines(await (await client.files.content(done.output_file_id ?? '')).text());
  expect(answer.response.body.data.map((one: { embedding: number[] }) => one.embedding.length)).toEqual([
    16, 16,
  ]);

  await expect(client.batches.retrieve('batch_none')).rejects.toThrow(OpenAI.NotFoundError);
});

test('Anthropic’s own client creates, polls, lists, reads, cancels and deletes', async ({ server }) => {
  const { batches } = anthropicAt(server).messages;
  const requests = (model: string) =>
    Array.from({ length: 40 }, (_, n) => ({
      custom_id: `row-${n}`,
      params: { model, max_tokens: 64, messages: [{ role: 'user' as const, content: `Question ${n}` }] },
    }));
  const created = await batches.create({ requests: requests('sandbox/showcase') });
  expect(created).toMatchObject({
    type: 'message_batch',
    processing_status: 'in_progress',
    results_url: null,
  });
  const ended = await until(
    () => batches.retrieve(created.id),
    (batch) => batch.processing_status === 'ended',
  );
  expect(ended.results_url).toBe(`${server.url}/sandbox/v1/messages/batches/${created.id}/results`);
  const results = [];
  for await (const result of await batches.results(created.id)) results.push(result);
  expect(results.map(({ custom_id }) => custom_id)).not.toEqual(
    requests('m').map(({ custom_id }) => custom_id),
  );
  expect(new Set(results.map(({ custom_id }) => custom_id)).size).toBe(40);
  const succeeded = results.filter(({ result }) => result.type === 'succeeded').length;
  expect(ended.request_counts).toMatchObject({ processing: 0, succeeded, errored: 40 - succeeded });

  const slow = await batches.create({ requests: requests('sandbox/slow') });
  expect((await batches.cancel(slow.id)).processing_status).toBe('canceling');
  await expect(batches.delete(slow.id)).rejects.toThrow(Anthropic.BadRequestError);
  const stopped = await until(
    () => batches.retrieve(slow.id),
    (batch) => batch.processing_status === 'ended',
  );
  expect(stopped.request_counts).toMatchObject({ canceled: 40 });
  const listed = [];
  for await (const batch of batches.list({ limit: 1 })) listed.push(batch.id);
  expect(listed.filter((id) => id === slow.id || id === created.id)).toEqual([slow.id, created.id]);
  expect(await batches.delete(slow.id)).toEqual({ id: slow.id, type: 'message_batch_deleted' });
  await expect(batches.retrieve(slow.id)).rejects.toThrow(Anthropic.NotFoundError);
  const tooLong = requests('m').map((one) => ({ ...one, custom_id: 'x'.repeat(65) }));
  await expect(batches.create({ requests: tooLong })).rejects.toThrow('at most 64 characters');
});

test('what is large is read in a thread, inside a create and in a file', async ({ server }) => {
  const client = openaiAt(server);
  const lines = Array.from({ length: 20_000 }, (_, n) => line(n, 'sandbox/instant'));
  const file = await client.files.create({ file: await fileOf(lines), purpose: 'batch' });
  const filed = await client.batches.create({ input_file_id: file.id, ...chat });
  const requests = lines.map(({ custom_id, body }) => ({ custom_id, params: { ...body, max_tokens: 9 } }));
  const { batches } = anthropicAt(server).messages;
  const message = await batches.create({ requests } as Parameters<typeof batches.create>[0]);
  const over = await until(
    () => client.batches.retrieve(filed.id),
    ({ status }) => status === 'completed',
  );
  expect(over.request_counts).toEqual({ total: 20_000, completed: 20_000, failed: 0 });
  expect((await batches.retrieve(message.id)).request_counts).toMatchObject({ succeeded: 20_000 });
});

test('a lost answer is a broken connection, and the batch is there all the same', async ({ server }) => {
  const client = openaiAt(server, { 'x-sandbox-faults': 'lost-answer' });
  const file = await client.files.create({
    file: await fileOf([line(1, 'sandbox/instant')]),
    purpose: 'batch',
  });
  const order = { input_file_id: file.id, ...chat, metadata: { mark: file.id } };
  await expect(client.batches.create(order)).rejects.toThrow(OpenAI.APIConnectionError);
  const { data } = await client.batches.list({ limit: 5 });
  expect(data.filter(({ metadata }) => metadata?.mark === file.id)).toHaveLength(1);
  expect(await client.batches.create(order)).toMatchObject({ status: 'validating' });
  const mine = acceptedCreates(server).filter(({ dialect, script }) => dialect === 'openai' && script);
  expect(mine.map(({ status }) => status)).toEqual([0, 200]);
  expect(server.log).not.toContain('failed to pipe');
});

test('results that are cut end with the connection, and Anthropic’s have no type', async ({ server }) => {
  const { batches } = anthropicAt(server).messages;
  const params = {
    model: 'sandbox/instant',
    max_tokens: 64,
    messages: [{ role: 'user' as const, content: 'Hi' }],
  };
  const { id } = await batches.create({
    requests: Array.from({ length: 100 }, (_, n) => ({ custom_id: `row-${n}`, params })),
  });
  const address = `${server.url}/sandbox/v1/messages/batches/${id}/results`;
  const headers = { 'x-api-key': token, 'anthropic-version': '2023-06-01' };
  const whole = await fetch(address, { headers });
  expect(whole.headers.get('content-type')).toBeNull();
  expect((await whole.text()).trimEnd().split('\n')).toHaveLength(100);
  const cut = await fetch(address, {
    headers: { ...headers, 'x-sandbox-faults': '{"on":"results","cutAt":1000}' },
  });
  await expect(cut.text()).rejects.toThrow();
  expect(server.log).not.toContain('failed to pipe');
});

test('a file of 200 MB goes through the door in pieces', async ({ server }) => {
  const boundary = 'cut-here';
  const row = Buffer.from(`${JSON.stringify({ pad: 'x'.repeat(65_000) })}\n`);
  const rows = 3_200;
  const head = `--${boundary}\r\ncontent-disposition: form-data; name="file"; filename="big.jsonl"\r\n\r\n`;
  const tail = `\r\n--${boundary}\r\ncontent-disposition: form-data; name="purpose"\r\n\r\nbatch\r\n--${boundary}--\r\n`;
  const answer = await new Promise<string>((resolve, reject) => {
    const sent = request(`${server.url}/sandbox/v1/files`, {
      method: 'POST',
      headers: {
        authorization: `Bearer ${token}`,
        'content-type': `multipart/form-data; boundary=${boundary}`,
      },
    });
    sent.on('error', reject);
    sent.on('response', async (response) => {
      let text = '';
      for await (const chunk of response.setEncoding('utf8')) text += chunk;
      resolve(text);
    });
    sent.write(head);
    let n = 0;
    const more = () => {
      while (n < rows) if (!sent.write(row, ++n === rows ? () => sent.end(tail) : undefined)) return;
    };
    sent.on('drain', more);
    more();
  });
  expect(JSON.parse(answer)).toMatchObject({
    bytes: rows * row.length,
    purpose: 'batch',
    filename: 'big.jsonl',
  });
});
