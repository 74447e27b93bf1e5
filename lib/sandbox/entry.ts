import 'server-only';
import { createHash } from 'node:crypto';
import type { Dialect } from '#lib/model/connection';
import type { JournalEntry } from '#lib/model/sandbox-journal';
import type { Counted } from './faults/fault-desk.ts';
import type { Call, Plan } from './plan.ts';
import type { Shelved } from './read-shelved.ts';

type Ended = {
  t: number;
  dialect: Dialect;
  plan: Plan | null;
  accepted: boolean;
  status: number;
  counted: Counted | null;
};

/** What the journal says of a call, once it is known how it ends. */
export function entryOf(call: Call, { t, dialect, plan, accepted, status, counted }: Ended): JournalEntry {
  return {
    t,
    id: plan?.id ?? '',
    method: call.method,
    path: `${call.url.pathname}${call.url.search}`,
    dialect,
    bodySha256: call.bodySha256(),
    keySha256: keyMark(call.headers),
    requests: plan?.requests ?? 0,
    accepted,
    status,
    nonce: plan?.nonce ?? null,
    ...counted,
  };
}

/** For a batch whose folder outlived a crash that its line in the journal did not. */
export function creationEntry({ batch, verdict }: Shelved): JournalEntry {
  return {
    t: batch.createdAt,
    id: batch.id,
    method: 'POST',
    path: batch.dialect === 'anthropic' ? '/v1/messages/batches' : '/v1/batches',
    dialect: batch.dialect,
    bodySha256: batch.bodySha256,
    keySha256: null,
    requests: verdict && 'contents' in verdict ? verdict.contents.requests : 0,
    accepted: true,
    status: 0,
    nonce: batch.nonce,
  };
}

function keyMark(headers: Headers): string | null {
  const key = headers.get('x-api-key') ?? headers.get('api-key') ?? headers.get('authorization');
  return key === null ? null : createHash('sha256').update(key).digest('hex').slice(0, 16);
}
