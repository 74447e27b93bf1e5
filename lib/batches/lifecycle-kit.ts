import 'server-only';
import { createConnection } from '#lib/connections/create-connection';
import { ensureSandboxConnection } from '#lib/connections/ensure-sandbox';
import type { Context } from '#lib/context';
import { receiveFile } from '#lib/files/receive-file';
import type { NewConnection } from '#lib/model/connection.schema';
import { isOver } from '#lib/model/phase';
import { openIndexPool } from '#lib/results/index-pool';
import type { Sandbox, SandboxRequest } from '#lib/sandbox/sandbox';
import { claimDue } from '#lib/store/claims';
import { testContext, testEnv } from '#lib/test-context';
import { createBatch } from './create-batch.ts';
import { getBatch } from './get-batch.ts';
import { type Holding, lease } from './hold-claim.ts';
import { workPart } from './work-part.ts';

type Answer = (request: SandboxRequest, body: string) => Response | Promise<Response>;

/** A provider whose every answer a test decides, with a journal of what reached it. */
export class ScriptedProvider implements Sandbox {
  readonly journal: { method: string; path: string; body: string }[] = [];
  answers: Answer[] = [];

  async fetch(request: SandboxRequest): Promise<Response> {
    let body = '';
    for await (const chunk of request.body ?? []) body += Buffer.from(chunk).toString();
    this.journal.push({ method: request.method, path: request.path, body });
    const answer = this.answers.shift();
    if (!answer) throw new Error(`The script has no answer for ${request.method} ${request.path}`);
    return answer(request, body);
  }

  creates(): string[] {
    return this.journal
      .filter(({ method, path }) => method === 'POST' && path === '/v1/batches')
      .map(({ body }) => body);
  }
}

export const json = (value: unknown, status = 200) => Response.json(value, { status });
export const jsonl = (...lines: unknown[]) =>
  new Response(lines.map((line) => `${typeof line === 'string' ? line : JSON.stringify(line)}\n`).join(''));
export const accepted = (id = 'batch_1') => json({ batch: { id, status: 'validating' }, batch_id: id });
export const status = (word: string, counts = { total: 2, completed: 0, failed: 0 }) =>
  json({ id: 'batch_1', object: 'batch', status: word, request_counts: counts });
export const answered = (customId: string, text = 'hello') => ({
  custom_id: customId,
  response: {
    status_code: 200,
    body: { model: 'm', choices: [{ message: { content: text }, finish_reason: 'stop' }] },
  },
  error: null,
});

/** A claim that is never lost. */
export const holding: Holding = { signal: new AbortController().signal, isHeld: () => true };

export type Walk = { ctx: Context; provider: ScriptedProvider; batchId: string; step: () => Promise<void> };

/** A batch of two requests, a provider under a test's command, and a hand on the clock. */
export async function walk(lines = twoRequests, given: Partial<Context> = {}): Promise<Walk> {
  const provider = new ScriptedProvider();
  const index = openIndexPool(1);
  const ctx = await testContext({
    sandbox: provider,
    index,
    env: testEnv({ BATCHDECK_POLL_SECONDS: '0.001-0.002' }),
    ...given,
  });
  await ensureSandboxConnection(ctx);
  return { ctx, provider, batchId: await order(ctx, 'Sandbox', lines), step: () => step(ctx) };
}

/** The walk goes through a connection of its own, with lines of its dialect; what was ordered before is over. */
export async function walkThrough({ ctx }: Walk, wish: NewConnection, lines: string): Promise<string> {
  await ctx.db.updateTable('parts').set({ phase: 'cancelled' }).execute();
  const { id } = await createConnection(ctx, wish);
  return order(ctx, id, lines);
}

async function order(ctx: Context, connection: string, lines: string): Promise<string> {
  const body = oneChunk(lines);
  const file = await receiveFile(ctx, { name: 'a.jsonl', body, contentLength: null, sha256: null });
  return (await createBatch(ctx, { fileId: file.id, connection, name: 'Walk' })).id;
}

const asked = { model: 'sandbox/instant', max_tokens: 8, messages: [{ role: 'user', content: 'hi' }] };
/** Two requests as lines of an OpenAI file. */
export const twoFileLines = ['a', 'b']
  .map((custom_id) => ({ custom_id, method: 'POST', url: '/v1/chat/completions', body: asked }))
  .map((request) => `${JSON.stringify(request)}\n`)
  .join('');

export const twoRequests = ['a', 'b']
  .map((id) => `{"custom_id":"${id}","params":${JSON.stringify(asked)}}\n`)
  .join('');

/** One turn of the clock: whatever is due is worked on to its end. */
export async function step(ctx: Context): Promise<void> {
  await ctx.db.updateTable('parts').set({ due_at: 0 }).execute();
  for (const due of await claimDue(ctx.db, lease.leaseMs, 10)) {
    await workPart(ctx, due, lease);
  }
}

async function* oneChunk(text: string): AsyncGenerator<Uint8Array> {
  yield Buffer.from(text);
}

/** One accepted call, then these lines as often as they are read, until the batch is over. */
export async function answerWith({ ctx, provider, batchId, step }: Walk, ...lines: unknown[]): Promise<void> {
  const before = provider.creates().length;
  const id = `batch_${before + 1}`;
  const answer: Answer = ({ method }) => (method === 'POST' ? accepted(id) : jsonl(...lines));
  provider.answers = [answer, answer, answer];
  for (let turn = 0; turn < 6; turn++) {
    await step();
    if (!isOver((await getBatch(ctx, batchId)).phase)) continue;
    provider.answers = [];
    return;
  }
  throw new Error('The batch did not end.');
}
