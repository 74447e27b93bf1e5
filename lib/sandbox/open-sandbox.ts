import 'server-only';
import type { Clock } from '#lib/clock';
import type { Log } from '#lib/log';
import { failure, json, jsonLines, Rejected } from './answers.ts';
import { receiveBatch } from './receive-batch.ts';
import type { Sandbox, SandboxRequest } from './sandbox.ts';
import { openShelf, type Shelf, type Shelved } from './shelf.ts';
import { batchObject, createAnswer, statusAnswer } from './show-batch.ts';
import { standingAt } from './standing.ts';
import { writeResults } from './write-results.ts';

type Opened = { dir: string; clock: Clock; log: Log };

export async function openSandbox({ dir, clock, log }: Opened): Promise<Sandbox> {
  const shelf = await openShelf(dir);
  return {
    async fetch(request) {
      try {
        return await answer(shelf, clock, request);
      } catch (error) {
        if (error instanceof Rejected) return failure(400, error.message, error.param);
        log.error('The sandbox could not answer', { error });
        return failure(500, 'The sandbox could not answer this request.');
      }
    },
  };
}

async function answer(shelf: Shelf, clock: Clock, request: SandboxRequest): Promise<Response> {
  const url = new URL(request.path, 'http://sandbox');
  const [version, noun, id, action, ...rest] = url.pathname.split('/').slice(1).map(decoded);
  if (version !== 'v1' || noun !== 'batches' || rest.length > 0) return unknownPath(url);
  if (id === undefined && request.method === 'POST') return create(shelf, clock, request.body);
  if (id === undefined && request.method === 'GET') return list(shelf, clock, url.searchParams);
  const shelved = id === undefined ? null : shelf.find(id);
  if (id !== undefined && !shelved) return failure(404, `No batch has the id “${id.slice(0, 100)}”.`);
  if (shelved && action === undefined && request.method === 'GET') return show(shelved, clock);
  if (shelved && action === 'cancel' && request.method === 'POST') return cancel(shelf, shelved, clock);
  return unknownPath(url);
}

async function create(shelf: Shelf, clock: Clock, body: SandboxRequest['body']): Promise<Response> {
  if (!body) throw new Rejected('The body is empty: send {"requests": […]}.');
  const batch = await receiveBatch(shelf, clock, body);
  return json(createAnswer(batch, standingAt(batch, null, batch.createdAt)));
}

function list(shelf: Shelf, clock: Clock, query: URLSearchParams): Response {
  const limit = Math.min(100, Math.max(1, Number(query.get('limit')) || 20));
  const all = shelf.all();
  const after = all.findIndex(({ batch }) => batch.id === query.get('after'));
  const page = all.slice(after + 1, after + 1 + limit);
  const data = page.map(({ batch, cancellation }) =>
    batchObject(batch, standingAt(batch, cancellation, clock())),
  );
  return json({
    object: 'list',
    data,
    first_id: data[0]?.id ?? null,
    last_id: data.at(-1)?.id ?? null,
    has_more: after + 1 + limit < all.length,
  });
}

/** The same address answers with the status while it runs and with the results afterwards. */
function show(shelved: Shelved, clock: Clock): Response {
  const at = standingAt(shelved.batch, shelved.cancellation, clock());
  if (!at.over) return json(statusAnswer(shelved.batch, at));
  return jsonLines(writeResults(shelved, at));
}

async function cancel(shelf: Shelf, shelved: Shelved, clock: Clock): Promise<Response> {
  const { batch } = shelved;
  const now = clock();
  const before = standingAt(batch, shelved.cancellation, now);
  if (before.over) return failure(409, `The batch is already ${before.status}: there is nothing to cancel.`);
  if (shelved.cancellation) return json(statusAnswer(batch, before));
  const { cancellation } = await shelf.cancel(shelved, { askedAt: now });
  return json(statusAnswer(batch, standingAt(batch, cancellation, now)));
}

function unknownPath(url: URL): Response {
  return failure(404, `There is nothing at ${url.pathname.slice(0, 200)}.`);
}

function decoded(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}
