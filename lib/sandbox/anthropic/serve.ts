import 'server-only';
import { randomBytes, randomUUID } from 'node:crypto';
import { type Answer, Refused } from '#lib/sandbox/answer';
import type { House } from '#lib/sandbox/house';
import { look } from '#lib/sandbox/look';
import { pageOf } from '#lib/sandbox/page';
import type { Call, Plan } from '#lib/sandbox/plan';
import type { Shelved } from '#lib/sandbox/read-shelved';
import { receiveRequests } from '#lib/sandbox/receive-requests';
import { standingAt } from '#lib/sandbox/standing';
import { writeResults } from '#lib/sandbox/write-results';
import { resultLine } from './result-line.ts';
import { batchObject, readableMs } from './show-batch.ts';

const dialect = 'anthropic';

/** Message Batches, at `/v1/messages/batches`. */
export async function planMessages(house: House, call: Call): Promise<Plan> {
  if (!call.headers.get('anthropic-version')) throw new Refused('anthropic-version: header is required');
  const [, , id, action, ...rest] = call.parts;
  const { method, url } = call;
  if (id === undefined && method === 'POST') return planCreate(house, call);
  if (id === undefined && method === 'GET') return planList(house, call);
  const found = id === undefined ? null : house.shelf.find(id);
  if (id !== undefined && found?.batch.dialect !== dialect) {
    throw new Refused(`No message batch with the id ${id.slice(0, 100)} was found.`, { status: 404 });
  }
  if (found && rest.length === 0) {
    if (action === undefined && method === 'GET') return planShow(house, call, found);
    if (action === 'results' && method === 'GET') return planResults(house, found);
    if (action === 'cancel' && method === 'POST') return planCancel(house, call, found);
    if (action === undefined && method === 'DELETE') return planDelete(house, found);
  }
  throw new Refused(`There is nothing at ${url.pathname.slice(0, 200)}.`, { status: 404 });
}

async function planCreate(house: House, call: Call): Promise<Plan> {
  const id = `msgbatch_01${randomBytes(16).toString('hex').slice(0, 22)}`;
  const received = await receiveRequests(house, call, dialect, { id, fileId: randomUUID() });
  if (received.kind === 'members') throw new Refused('requests: Field required');
  const { contents, accept, letGo } = received;
  return {
    dialect,
    calls: ['create'],
    subject: contents.mark,
    id,
    requests: contents.requests,
    letGo,
    carryOut: async () => show(house, call, await accept()),
  };
}

function planShow(house: House, call: Call, found: Shelved): Plan {
  return look(house, found, { withResults: false }, (at, { lag }) => ({
    status: 200,
    ...(at.over ? {} : { headers: { 'retry-after': '10' } }),
    json: batchObject(found, at, { origin: call.origin, now: house.clock(), lag }),
  }));
}

function planResults({ clock }: House, found: Shelved): Plan {
  const { id, createdAt } = found.batch;
  return onBatch(found, 'results', () => {
    const at = standingAt(found, clock());
    if (!at.over)
      throw new Refused(`The message batch ${id} has no available results: it has not ended yet.`);
    if (clock() >= createdAt + readableMs) {
      throw new Refused(`The results of the message batch ${id} are archived.`, { status: 404 });
    }
    return { status: 200, lines: writeResults(found, at, resultLine), type: null };
  });
}

function planCancel(house: House, call: Call, found: Shelved): Plan {
  return onBatch(found, 'cancel', async () => {
    const now = house.clock();
    if (standingAt(found, now).over) {
      throw new Refused(`The message batch ${found.batch.id} has ended and cannot be canceled.`);
    }
    const cancelled = found.cancellation ? found : await house.shelf.cancel(found, { askedAt: now });
    return show(house, call, cancelled);
  });
}

function planDelete(house: House, found: Shelved): Plan {
  const { id } = found.batch;
  return onBatch(found, 'delete', async () => {
    if (!standingAt(found, house.clock()).over) {
      throw new Refused(`The message batch ${id} has not ended: cancel it before it is deleted.`);
    }
    await house.shelf.remove(found);
    return { status: 200, json: { id, type: 'message_batch_deleted' } };
  });
}

function onBatch(
  { batch }: Shelved,
  call: 'results' | 'cancel' | 'delete',
  carryOut: () => Answer | Promise<Answer>,
): Plan {
  return { dialect, calls: [call], subject: batch.id, id: batch.id, carryOut };
}

/** Newest first; `before_id` asks for the page in front of a batch, `after_id` for the one behind it. */
function planList(house: House, call: Call): Plan {
  const query = call.url.searchParams;
  return {
    dialect,
    calls: ['list'],
    subject: '',
    id: '',
    carryOut() {
      const back = query.get('before_id') !== null;
      const all = house.shelf
        .all()
        .filter(({ batch }) => batch.dialect === dialect)
        .map((found) => ({ id: found.batch.id, found }));
      const limits = { usual: 20, most: 1_000 };
      const { items, more } = back
        ? pageOf(all.reverse(), query, 'before_id', limits)
        : pageOf(all, query, 'after_id', limits);
      const shown = back ? items.reverse() : items;
      const data = shown.map(({ found }) => batchIn(house, call, found));
      const [first, last] = [shown[0]?.id ?? null, shown.at(-1)?.id ?? null];
      return { status: 200, json: { data, has_more: more, first_id: first, last_id: last } };
    },
  };
}

function show(house: House, call: Call, found: Shelved): Answer {
  return { status: 200, json: batchIn(house, call, found) };
}

function batchIn({ clock }: House, { origin }: Call, found: Shelved) {
  const now = clock();
  return batchObject(found, standingAt(found, now), { origin, now });
}
