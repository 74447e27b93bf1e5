import 'server-only';
import { randomUUID } from 'node:crypto';
import { Refused } from './answer.ts';
import type { House } from './house.ts';
import * as inline from './inline/serve.ts';
import { batchObject as inlineObject } from './inline/show-batch.ts';
import * as openai from './openai/serve-batches.ts';
import { batchObject as openaiObject } from './openai/show-batch.ts';
import { pageOf } from './page.ts';
import type { Call, Plan } from './plan.ts';
import { receiveRequests } from './receive-requests.ts';
import { standingAt } from './standing.ts';

/** `/v1/batches`, where two dialects live: a create tells them apart by its body, everything after it by the batch. */
export async function planBatches(house: House, call: Call): Promise<Plan> {
  const [, id, action, ...rest] = call.parts;
  const { method, url } = call;
  if (id === undefined && method === 'POST') return planCreate(house, call);
  if (id === undefined && method === 'GET') return planList(house, url.searchParams);
  const found = id === undefined ? null : house.shelf.find(id);
  if (id !== undefined && (!found || found.batch.dialect === 'anthropic')) {
    throw new Refused(`No batch has the id “${id.slice(0, 100)}”.`, { status: 404 });
  }
  if (found && rest.length === 0) {
    const dialect = found.batch.dialect === 'inline' ? inline : openai;
    if (action === undefined && method === 'GET') return dialect.planShow(house, found);
    if (action === 'cancel' && method === 'POST') return dialect.planCancel(house, found);
  }
  throw new Refused(`There is nothing at ${url.pathname.slice(0, 200)}.`, { status: 404 });
}

async function planCreate(house: House, call: Call): Promise<Plan> {
  const id = `batch_${randomUUID()}`;
  const fileId = `file-${randomUUID().replaceAll('-', '')}`;
  const received = await receiveRequests(house, call, 'inline', { id, fileId });
  if (received.kind === 'requests') return inline.planCreate(id, received);
  if ('input_file_id' in received.members) return openai.planCreate(house, call, received.members);
  throw new Refused(received.message);
}

/** Newest first, each batch in the words it was created in. */
function planList({ shelf, clock }: House, query: URLSearchParams): Plan {
  return {
    dialect: 'openai',
    calls: ['list'],
    subject: '',
    id: '',
    carryOut() {
      const all = shelf
        .all()
        .filter(({ batch }) => batch.dialect !== 'anthropic')
        .map((found) => ({ id: found.batch.id, found }));
      const { items, more } = pageOf(all, query, 'after', { usual: 20, most: 100 });
      const data = items.map(({ found }) => {
        const at = standingAt(found, clock());
        return found.batch.dialect === 'inline' ? inlineObject(found.batch, at) : openaiObject(found, at);
      });
      const [first, last] = [items[0]?.id ?? null, items.at(-1)?.id ?? null];
      return { status: 200, json: { object: 'list', data, first_id: first, last_id: last, has_more: more } };
    },
  };
}
