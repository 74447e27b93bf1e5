import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { curlCode } from '#lib/model/request-curl';
import type { Members } from '#lib/model/request-form/json';
import { codeJob, keyVariable } from '#lib/model/request-job';
import { pythonCode } from './code-python.ts';
import { typescriptCode } from './code-typescript.ts';

type Seen = { path: string; headers: Record<string, unknown>; body: string };
const seen: Seen[] = [];
let server: Server;
let base = '';

beforeAll(async () => {
  server = createServer(async (request, response) => {
    let body = '';
    for await (const chunk of request.setEncoding('utf8')) body += chunk;
    seen.push({ path: request.url ?? '', headers: request.headers, body });
    const answer = request.url?.endsWith('/files') ? { id: 'file-abc', object: 'file' } : { id: 'batch_1' };
    response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(answer));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(() => server.close());
beforeEach(() => {
  seen.length = 0;
});

/** What a shell, Python and JavaScript each have their own ideas about. */
const nasty: Members = JSON.parse(
  `{"text":"it's \\"$HOME\\" \`id\` \\\\ \\n \\u2028 \\ud83d\\ude00 é","none":null,"yes":true,"no":false,"big":1e21,"half":0.5,"empty":[],"nothing":{},"__proto__":{"a":1},"JSON":"JSON"}`,
);
const params = { model: 'm', messages: [{ role: 'user', content: 'Hi' }], metadata: nasty };
const inlineLines = [
  { custom_id: 'a', params },
  { custom_id: 'b', params },
];
const openaiLines = inlineLines.map(({ custom_id }) => ({
  custom_id,
  method: 'POST',
  url: '/v1/embeddings',
  body: { model: 'm', input: 'Hi', metadata: nasty },
}));
const connection = {
  dialect: 'inline' as const,
  keyHeader: 'authorization',
  headers: { 'x-portkey-provider': "open'ai", 'x-secret': '••••abcd' },
  completionWindow: '24h',
};
const env = { ...process.env, [keyVariable]: 'sk-1', BATCH_X_SECRET: 'whole', BATCH_X__RAN___RAN: 'whole' };

const hasRequests = spawnSync('python3', ['-c', 'import requests']).status === 0;
const hasCurl = spawnSync('curl', ['--version']).status === 0;
const languages = [
  { name: 'curl', make: curlCode, file: 'send.sh', command: 'sh', here: hasCurl },
  { name: 'Python', make: pythonCode, file: 'send.py', command: 'python3', here: hasRequests },
  { name: 'TypeScript', make: typescriptCode, file: 'send.ts', command: process.execPath, here: true },
];

describe.each(languages)('what is copied as $name', ({ make, file, command, here }) => {
  const run = async (dialect: 'inline' | 'openai' | 'anthropic', lines: Members[], more = {}) => {
    const target = {
      ...connection,
      ...more,
      dialect,
      baseUrl: dialect === 'anthropic' ? base : `${base}/v1/`,
    };
    const keyHeader = dialect === 'anthropic' ? 'x-api-key' : 'authorization';
    const at = path.join(mkdtempSync(path.join(tmpdir(), 'batchdeck-code-')), file);
    writeFileSync(at, make(codeJob({ ...target, keyHeader }, lines, 'unused')));
    const ran = await ended(spawn(command, [at], { env }));
    expect(ran).toMatchObject({ status: 0 });
    return ran.text;
  };

  it.skipIf(!here)('sends every request of an inline batch in one call, as it stands', async () => {
    expect(await run('inline', inlineLines)).toContain('batch_1');
    expect(seen.map((one) => one.path)).toEqual(['/v1/batches']);
    expect(seen[0]?.headers).toMatchObject({
      authorization: 'Bearer sk-1',
      'x-portkey-provider': "open'ai",
      'x-secret': 'whole',
      'content-type': 'application/json',
    });
    expect(JSON.stringify(JSON.parse(seen[0]?.body ?? ''))).toBe(JSON.stringify({ requests: inlineLines }));
  });

  it.skipIf(!here)('uploads a file for OpenAI and makes a batch of it', async () => {
    expect(await run('openai', openaiLines)).toContain('batch_1');
    expect(seen.map((one) => one.path)).toEqual(['/v1/files', '/v1/batches']);
    const [upload, order] = seen;
    const content = /\{"custom_id.*\}/s.exec(upload?.body ?? '')?.[0] ?? '';
    expect(content.split(/\r?\n/).map((line) => JSON.stringify(JSON.parse(line)))).toEqual(
      openaiLines.map((line) => JSON.stringify(line)),
    );
    expect(upload?.body).toContain('name="purpose"');
    expect(upload?.body).toContain('filename="batch.jsonl"');
    expect(JSON.parse(order?.body ?? '')).toEqual({
      input_file_id: 'file-abc',
      endpoint: '/v1/embeddings',
      completion_window: '24h',
    });
  });

  it.skipIf(!here)('runs nothing that a request or a header brings along', async () => {
    const url = "/v1/'$(echo ran >&2)'\"`echo ran >&2`";
    const line = { ...openaiLines[0], url };
    const headers = { 'x-`ran`-$ran': '••••abcd' };
    expect(await run('openai', [line], { headers })).not.toContain('ran');
    expect(JSON.parse(seen[1]?.body ?? '')).toMatchObject({ endpoint: url });
    expect(Object.keys(seen[1]?.headers ?? {})).toContain('x-`ran`-$ran');
  });

  it.skipIf(!here)('goes to Anthropic’s own address with its own key header', async () => {
    await run('anthropic', inlineLines.slice(0, 1));
    expect(seen.map((one) => one.path)).toEqual(['/v1/messages/batches']);
    expect(seen[0]?.headers).toMatchObject({ 'x-api-key': 'sk-1' });
    expect(seen[0]?.headers.authorization).toBeUndefined();
  });
});

it('asks the environment for every secret and holds none', () => {
  const job = codeJob({ ...connection, baseUrl: '' }, inlineLines, 'http://localhost:3000/sandbox/v1');
  for (const { make } of languages) {
    const code = make(job);
    expect(code).toContain(keyVariable);
    expect(code).toContain('http://localhost:3000/sandbox/v1');
    expect(code).not.toContain('••••');
  }
});

function ended(child: ChildProcess): Promise<{ status: number | null; text: string }> {
  return new Promise((resolve) => {
    let text = '';
    child.stdout?.on('data', (chunk) => {
      text += chunk;
    });
    child.stderr?.on('data', (chunk) => {
      text += chunk;
    });
    child.on('close', (status) => resolve({ status, text }));
  });
}
