import 'server-only';
import { createBatch } from '#lib/batches/create-batch';
import { ensureSandboxConnection } from '#lib/connections/ensure-sandbox';
import type { Context } from '#lib/context';
import type { Batch } from '#lib/model/batch';
import type { BatchFile } from '#lib/model/file';
import type { Sandbox } from '#lib/sandbox/sandbox';
import { testContext } from '#lib/test-context';
import { readContent } from './read-content.ts';
import { receiveFile } from './receive-file.ts';

/** A context whose batches are never sent: there is a connection, and nobody behind it. */
export async function filesContext(): Promise<Context> {
  const sandbox: Sandbox = { fetch: () => Promise.reject(new Error('Nothing is sent here.')) };
  const ctx = await testContext({ sandbox });
  await ensureSandboxConnection(ctx);
  return ctx;
}

export function keep(ctx: Context, content: string | Uint8Array, name = 'a.jsonl'): Promise<BatchFile> {
  async function* body() {
    yield Buffer.from(content);
  }
  return receiveFile(ctx, { name, body: body(), contentLength: null, sha256: null });
}

export async function contentOf(ctx: Context, id: string): Promise<string> {
  return Buffer.concat(await Array.fromAsync((await readContent(ctx, id)).read())).toString();
}

export function batchOf(ctx: Context, file: BatchFile, name = 'Batch'): Promise<Batch> {
  return createBatch(ctx, { fileId: file.id, connection: 'Sandbox', name });
}

export const params = (id: string, more = '') => `{"custom_id":"${id}","params":{"model":"m"${more}}}\n`;
