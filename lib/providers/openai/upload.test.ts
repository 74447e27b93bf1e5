import { describe, expect, it } from 'vitest';
import { Unreached } from '#lib/outbound/outbound';
import type { CreateInput, UploadAnswer } from '#lib/providers/provider';
import { createInput, fixturesOf, scripted } from '#lib/providers/provider-kit';
import { providerFor } from '#lib/providers/registry';
import { multipart } from './multipart.ts';

const fixture = fixturesOf('openai');
const odd = '{"custom_id":"a","body":{"n":9007199254740993,"s":"\u2028 \\r\\n--batchdeck","e":"é"}}';
const lines = () => chunks(odd, '{"custom_id":"b","body":{}}');

async function* chunks(...all: string[]) {
  for (const one of all) yield Buffer.from(one);
}

async function uploadWith(answer: () => Response | Promise<Response>, given: Partial<CreateInput> = {}) {
  const { fetch, calls } = scripted(answer);
  const { upload } = providerFor('openai', 'openai');
  if (!upload) throw new Error('It takes files.');
  const result: UploadAnswer = await upload(fetch, createInput({ lines, ...given }));
  return { result, calls };
}

const json =
  (body: string, init: ResponseInit = {}) =>
  () =>
    new Response(body, init);

describe('uploading', () => {
  it('sends a form that others read as the exact bytes of a .jsonl file, purpose first', async () => {
    const { result, calls } = await uploadWith(json(fixture('file.json')));
    expect(result).toEqual({ kind: 'uploaded', fileId: 'file-PdQGmXpZqv7iZkHgYtRs3N' });
    const [call] = calls;
    if (!call) throw new Error('Nothing was sent.');
    expect(call).toMatchObject({ path: '/files', method: 'POST' });
    expect(call.headers['content-length']).toBe(String(Buffer.byteLength(call.body)));
    const form = await new Response(call.body, { headers: call.headers }).formData();
    expect([...form.keys()]).toEqual(['purpose', 'file']);
    expect(form.get('purpose')).toBe('batch');
    const file = form.get('file') as File;
    expect(file.name).toBe('req_1.jsonl');
    expect(file.type).toBe('application/octet-stream');
    expect(await file.text()).toBe(`${odd}\n{"custom_id":"b","body":{}}\n`);
  });

  it('names the file so that no header can be broken by it', async () => {
    const { calls } = await uploadWith(json(fixture('file.json')), { nonce: 'a"\r\nx: y/../é' });
    expect(calls[0]?.body).toContain('filename="a___x__y_____.jsonl"');
  });

  it('holds no more than a line at a time', async () => {
    let given = 0;
    async function* many() {
      for (; given < 1_000; given++) yield Buffer.alloc(1_000, 'x');
    }
    const form = await multipart({}, { name: 'a.jsonl', lines: many });
    expect(given).toBe(1_000);
    given = 0;
    const body = form.body[Symbol.asyncIterator]();
    for (let i = 0; i < 20; i++) await body.next();
    expect(given).toBeLessThan(20);
  });

  it('waits for a file that is still being looked through, and asks after it instead of sending it again', async () => {
    const first = await uploadWith(
      json(fixture('azure-file-pending.json'), { headers: { 'retry-after': '7' } }),
    );
    expect(first.result).toEqual({ kind: 'processing', fileId: 'file-abc123azure', retryAfterMs: 7_000 });
    const again = { inputFileId: 'file-abc123azure' };
    const pending = await uploadWith(json(fixture('azure-file-pending.json')), again);
    expect(pending.result.kind).toBe('processing');
    const processed = await uploadWith(json(fixture('azure-file-processed.json')), again);
    expect(processed.result).toEqual({ kind: 'uploaded', fileId: 'file-abc123azure' });
    expect(processed.calls).toMatchObject([{ path: '/files/file-abc123azure', method: 'GET' }]);
  });

  it('sends it again when it is gone', async () => {
    const { fetch, calls } = scripted(({ method }) =>
      method === 'GET' ? new Response('{}', { status: 404 }) : new Response(fixture('file.json')),
    );
    const input = createInput({ lines, inputFileId: 'file-old' });
    expect(await providerFor('openai', 'openai').upload?.(fetch, input)).toMatchObject({ kind: 'uploaded' });
    expect(calls.map(({ method, path }) => `${method} ${path}`)).toEqual([
      'GET /files/file-old',
      'POST /files',
    ]);
  });

  it('takes a file the provider rejects for a refusal in its words', async () => {
    expect((await uploadWith(json(fixture('azure-file-error.json')))).result).toMatchObject({
      kind: 'refused',
      code: 'file_rejected',
      message: 'invalid_json_line: line 3 is not valid JSON.',
    });
    const body = '{"error":{"message":"Invalid file format for Batch API. Must be .jsonl"}}';
    expect((await uploadWith(json(body, { status: 400 }))).result).toMatchObject({
      kind: 'refused',
      httpStatus: 400,
      message: 'Invalid file format for Batch API. Must be .jsonl',
    });
  });

  it('does not wait where a server never says more than “uploaded”, or nothing', async () => {
    for (const status of ['"uploaded"', '"ready"', 'null', '""']) {
      expect((await uploadWith(json(`{"id":"f1","status":${status}}`))).result.kind).toBe('uploaded');
    }
    expect((await uploadWith(json('{"id":"file_01"}', { status: 201 }))).result.kind).toBe('uploaded');
  });

  it.each([
    ['a 500', json('', { status: 500 })],
    ['a 429', json('{}', { status: 429 })],
    ['a web page', json('<html>')],
    ['no id', json('{"object":"file"}')],
    ['an id that is a path', json('{"id":"../../admin"}')],
    ['a reset', () => Promise.reject(new Unreached('reset', true, 'The connection broke.'))],
  ])('calls %s trouble: it may be done again', async (_, answer) => {
    expect((await uploadWith(answer)).result.kind).toBe('trouble');
  });

  it('knows a rejected key and lines that cannot be read', async () => {
    expect((await uploadWith(json('{}', { status: 401 }))).result.kind).toBe('credential_rejected');
    async function* broken(): AsyncGenerator<Uint8Array> {
      yield Buffer.from(odd);
      throw new Error('The blob is gone.');
    }
    const { result, calls } = await uploadWith(json('{}'), { lines: broken });
    expect(result).toEqual({ kind: 'trouble', message: 'The blob is gone.', retryAfterMs: null });
    expect(calls).toEqual([]);
  });
});
