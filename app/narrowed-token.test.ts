import { afterAll, beforeAll, expect, test } from 'vitest';
import { createBatch } from '#lib/batches/create-batch';
import { createConnection } from '#lib/connections/create-connection';
import { type Context, thisProcess } from '#lib/context';
import { createDraft } from '#lib/drafts/create-draft';
import { receiveFile } from '#lib/files/receive-file';
import { emptySheet } from '#lib/model/request-form/form';
import { createShare } from '#lib/shares/create-share';
import { testContext } from '#lib/test-context';
import { keepToken } from '#lib/tokens/keep-token';
import { type Route, routes } from './routes-kit.ts';

const narrowed = 'bd_narrowed_to_another_one';
const wide = 'bd_reaches_everything_here';
const bodies: Record<string, object> = {
  'POST /api/batches/[batchId]/decision': { partId: 'prt_none', action: 'give_up' },
  'POST /api/batches/[batchId]/shares': { scope: 'downloads' },
  'PATCH /api/batches/[batchId]': { name: 'Renamed' },
  'PATCH /api/connections/[connectionId]': { name: 'Renamed' },
  'POST /api/files/[fileId]/repairs': { repairs: [{ kind: 'newlines' }], preview: true },
  'PATCH /api/drafts/[draftId]': { revision: 1, name: 'Renamed' },
};
const byId = routes.filter(({ name }) => /\/api\/.*\[\w+Id\]/.test(name));

let ids: Record<string, string>;

beforeAll(async () => {
  const ctx = await testContext();
  thisProcess().deps = ctx;
  const gateway = { preset: 'inline-compatible', baseUrl: 'https://gw.example.com/v1', apiKey: 'sk-1' };
  const mine = await createConnection(ctx, { ...gateway, name: 'mine' });
  const other = await createConnection(ctx, { ...gateway, name: 'other' });
  const file = await receiveFile(ctx, {
    name: 'a.jsonl',
    body: oneLine(),
    contentLength: null,
    sha256: null,
  });
  const batch = await createBatch(ctx, { fileId: file.id, connection: mine.id, name: 'Mine' });
  const { share } = await createShare(ctx, batch.id, { scope: 'status' });
  const draft = await createDraft(ctx, {
    name: 'Mine',
    connection: mine.id,
    route: null,
    form: { shape: 'inline', defaults: emptySheet, requests: [] },
  });
  await addToken(ctx, wide, null);
  await addToken(await testContext({ db: ctx.db, env: ctx.env }), narrowed, other.id);
  ids = { batchId: batch.id, fileId: file.id, connectionId: mine.id, shareId: share.id, draftId: draft.id };
});
afterAll(() => {
  thisProcess().deps = null;
});

test('what a token is not narrowed to answers it like what does not exist, at every address', async () => {
  expect(byId.length).toBeGreaterThan(15);
  const nothing = Object.fromEntries(Object.keys(ids).map((name) => [name, 'none']));
  for (const route of byId) {
    const answer = await ask(route, narrowed, ids);
    expect([route.name, ...answer]).toEqual([route.name, ...(await ask(route, narrowed, nothing))]);
    expect([route.name, answer[0]]).toEqual([route.name, 404]);
  }
  for (const route of byId) {
    const answer = await ask(route, wide, ids);
    expect([route.name, ...answer]).not.toEqual([route.name, ...(await ask(route, wide, nothing))]);
  }
});

/** Status and words; an id that was asked for is said back, so it is left out. */
async function ask(route: Route, token: string, given: Record<string, string>): Promise<[number, string]> {
  const { method, name, handler } = route;
  const body = method === 'GET' ? undefined : JSON.stringify(bodies[name] ?? {});
  const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' };
  const request = new Request('http://localhost:3000/api?side=request', { method, headers, body });
  const params = Promise.resolve({
    ...given,
    ordinal: '1',
    line: 'b1',
    kind: 'unknown',
    name: 'input.jsonl',
    pair: '1',
    file: 'pairs.csv',
  });
  const response = await handler(request, { params });
  const text = await response.text();
  return [response.status, Object.values(given).reduce((left, id) => left.replaceAll(id, 'ID'), text)];
}

async function addToken(ctx: Context, value: string, connectionId: string | null): Promise<void> {
  if (ctx.actor.kind !== 'user') throw new Error('expected a user');
  const { userId } = ctx.actor;
  await keepToken(ctx, ctx.db, { name: value, value, userId, connectionId, setByFile: false });
}

async function* oneLine(): AsyncGenerator<Uint8Array> {
  yield Buffer.from('{"custom_id":"a","params":{"model":"m","messages":[]}}\n');
}
