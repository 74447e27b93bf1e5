import { setTimeout as sleep } from 'node:timers/promises';
import type { Batch } from '#lib/model/batch';
import type { BatchFile } from '#lib/model/file';
import { isOver } from '#lib/model/phase';
import type { ResultRow } from '#lib/model/result';
import { type Server, token } from './server.ts';

export type Line = { custom_id: string; params: { model: string; [field: string]: unknown } };

export function lines(count: number, model = 'sandbox/instant', prefix = 'row'): Line[] {
  return Array.from({ length: count }, (_, i) => ({
    custom_id: `${prefix}-${i + 1}`,
    params: { model, max_tokens: 64, messages: [{ role: 'user', content: `Question ${i + 1}` }] },
  }));
}

export function jsonl(rows: readonly object[]): string {
  return rows.map((row) => `${JSON.stringify(row)}\n`).join('');
}

/** What a script with a token would do. */
export function apiOf(server: Pick<Server, 'url'>) {
  const call = (method: string, path: string, body?: BodyInit, headers: Record<string, string> = {}) =>
    fetch(server.url + path, {
      method,
      body,
      redirect: 'manual',
      headers: { authorization: `Bearer ${token}`, ...headers },
    });
  const json = async <T>(response: Promise<Response>): Promise<T> => {
    const answer = await response;
    const text = await answer.text();
    if (!answer.ok) throw new Error(`${answer.status} ${text}`);
    return JSON.parse(text) as T;
  };
  const get = <T>(path: string) => json<T>(call('GET', path));
  const send = <T>(method: string, path: string, body: unknown, headers?: Record<string, string>) =>
    json<T>(call(method, path, JSON.stringify(body), { 'content-type': 'application/json', ...headers }));
  const upload = (content: BodyInit, name = 'rows.jsonl') =>
    json<BatchFile>(call('POST', `/api/files?name=${encodeURIComponent(name)}`, content));
  const create = async (rows: readonly object[], name: string, connection = 'Sandbox') => {
    const file = await upload(jsonl(rows));
    return send<Batch>('POST', '/api/batches', { fileId: file.id, connection, name });
  };
  const batch = (id: string) => get<Batch>(`/api/batches/${id}`);
  const until = async (id: string, done: (batch: Batch) => boolean, withinMs = 45_000): Promise<Batch> => {
    for (const end = Date.now() + withinMs; ; ) {
      const now = await batch(id);
      if (done(now)) return now;
      if (Date.now() > end) throw new Error(`Batch ${id} is still ${now.phase} (${now.attention}).`);
      await sleep(100);
    }
  };
  return {
    call,
    get,
    send,
    upload,
    create,
    batch,
    until,
    over: (id: string, withinMs?: number) => until(id, ({ phase }) => isOver(phase), withinMs),
    batches: async () => (await get<{ items: Batch[] }>('/api/batches?limit=1000')).items,
    results: async (id: string) =>
      (await get<{ items: ResultRow[] }>(`/api/batches/${id}/results?limit=1000`)).items,
  };
}

export type Api = ReturnType<typeof apiOf>;
