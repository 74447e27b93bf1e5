import 'server-only';
import { mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createLog } from '#lib/log';
import { isCreate, type JournalEntry } from '#lib/model/sandbox-journal';
import { openSandbox } from './open-sandbox.ts';

export const started = Date.parse('2026-01-01T00:00:00Z');

type Body = string | AsyncIterable<Uint8Array>;
type Pairs = Record<string, string>;

/** A sandbox in a folder of its own, with a clock that only a test moves. */
export async function aSandbox(standing: Pairs = {}) {
  const dir = mkdtempSync(path.join(tmpdir(), 'sandbox-'));
  const time = { now: started };
  const log = createLog('error', () => {});
  const open = () => openSandbox({ dir, clock: () => time.now, log });
  let sandbox = await open();
  const ask = (method: string, url: string, body?: Body, headers: Pairs = {}, signal?: AbortSignal) =>
    sandbox.fetch({
      method,
      path: url,
      headers: new Headers({ ...standing, ...headers }),
      body: bodyOf(body),
      signal,
    });
  const json = async (method: string, url: string, body?: Body, headers?: Pairs) =>
    (await ask(method, url, body, headers)).json();
  const journal = (): JournalEntry[] =>
    readFileSync(path.join(dir, 'journal.jsonl'), 'utf8')
      .split('\n')
      .filter(Boolean)
      .map((line) => JSON.parse(line));
  return {
    dir,
    ask,
    json,
    journal,
    creates: () => journal().filter(isCreate),
    later: (ms: number) => {
      time.now += ms;
    },
    restart: async () => {
      sandbox = await open();
    },
    /** In the dialect of Infron and Siraya. */
    create: async (requests: object[], more = {}): Promise<string> =>
      (await json('POST', '/v1/batches', JSON.stringify({ ...more, requests }))).batch_id,
    upload: async (lines: object[] | string, fields: Pairs = { purpose: 'batch' }): Promise<string> =>
      (await json('POST', '/v1/files', ...form(lines, fields))).id,
  };
}

/** A form as `curl -F` sends it. */
export function form(lines: object[] | string, fields: Pairs, name = 'rows.jsonl'): [string, Pairs] {
  const content =
    typeof lines === 'string' ? lines : lines.map((line) => `${JSON.stringify(line)}\n`).join('');
  const field = ([key, value]: [string, string]) =>
    `--cut\r\nContent-Disposition: form-data; name="${key}"\r\n\r\n${value}\r\n`;
  const file = `--cut\r\nContent-Disposition: form-data; name="file"; filename="${name}"\r\nContent-Type: application/octet-stream\r\n\r\n${content}\r\n`;
  const body = `${Object.entries(fields).map(field).join('')}${file}--cut--\r\n`;
  return [body, { 'content-type': 'multipart/form-data; boundary=cut' }];
}

function bodyOf(body: Body | undefined): AsyncIterable<Uint8Array> | null {
  if (typeof body !== 'string') return body ?? null;
  return (async function* () {
    yield Buffer.from(body);
  })();
}

export const request = (id: string, model = 'sandbox/echo', message = 'Hello') => ({
  custom_id: id,
  params: { model, max_tokens: 1024, messages: [{ role: 'user', content: message }] },
});

export const requests = (count: number, model: string) =>
  Array.from({ length: count }, (_, n) => request(`row-${n}`, model));

/** The same as a line of an OpenAI file. */
export const fileLine = (
  id: string,
  model = 'sandbox/echo',
  more: object = {},
  url = '/v1/chat/completions',
) => ({
  custom_id: id,
  method: 'POST',
  url,
  body: { model, messages: [{ role: 'user', content: 'Hello' }], ...more },
});

export const fileLines = (count: number, model: string) =>
  Array.from({ length: count }, (_, n) => fileLine(`row-${n}`, model));

export async function linesOf(response: Response) {
  const text = (await response.text()).trimEnd();
  return text === '' ? [] : text.split('\n').map((line) => JSON.parse(line));
}
