import 'server-only';
import { type Answer, Refused } from '#lib/sandbox/answer';
import type { House } from '#lib/sandbox/house';
import { look } from '#lib/sandbox/look';
import type { Plan, Seen } from '#lib/sandbox/plan';
import type { Shelved } from '#lib/sandbox/read-shelved';
import type { Received } from '#lib/sandbox/receive-requests';
import { type Standing, standingAt } from '#lib/sandbox/standing';
import { writeResults } from '#lib/sandbox/write-results';
import { resultLine } from './result-line.ts';
import { createAnswer, statusAnswer } from './show-batch.ts';

/** The dialect of Infron and Siraya: requests go in with the create call, and results come from the status address. */
export function planCreate(id: string, received: Extract<Received, { kind: 'requests' }>): Plan {
  const { contents, nonce, accept, letGo } = received;
  return {
    dialect: 'inline',
    calls: ['create'],
    subject: contents.mark,
    id,
    requests: contents.requests,
    nonce,
    letGo,
    async carryOut() {
      const found = await accept();
      const { batch } = found;
      return { status: 200, json: createAnswer(batch, standingAt(found, batch.createdAt)) };
    },
  };
}

export function planShow(house: House, found: Shelved): Plan {
  return look(house, found, { withResults: true }, (at, seen) => show(found, at, seen));
}

function show(found: Shelved, at: Standing, { lag }: Seen): Answer {
  const status = statusAnswer(found.batch, at);
  if (!at.over || at.status === 'failed' || lag) return { status: 200, json: status };
  const lines = writeResults(found, at, resultLine);
  // A batch that ended early has to say so: Siraya does, with its results inside the status.
  if (at.status === 'expired') return { status: 200, lines: inside(status, lines), type: 'application/json' };
  return { status: 200, lines, type: 'application/x-ndjson; charset=utf-8' };
}

async function* inside(status: object, lines: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  yield Buffer.from(`${JSON.stringify(status).slice(0, -1)},"results":[\n`);
  let first = true;
  for await (const chunk of lines) {
    const elements = Buffer.from(chunk).toString('utf8').trimEnd().replaceAll('\n', ',\n');
    yield Buffer.from(`${first ? '' : ',\n'}${elements}`);
    first = false;
  }
  yield Buffer.from('\n]}\n');
}

export function planCancel({ shelf, clock }: House, found: Shelved): Plan {
  const { batch } = found;
  return {
    dialect: 'inline',
    calls: ['cancel'],
    subject: batch.id,
    id: batch.id,
    async carryOut() {
      const now = clock();
      const before = standingAt(found, now);
      if (before.over) {
        const words = `The batch is already ${before.status}: there is nothing to cancel.`;
        throw new Refused(words, { status: 409 });
      }
      const cancelled = found.cancellation ? found : await shelf.cancel(found, { askedAt: now });
      return { status: 200, json: statusAnswer(batch, standingAt(cancelled, now)) };
    },
  };
}
