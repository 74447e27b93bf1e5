import 'server-only';
import { setTimeout as pause } from 'node:timers/promises';
import { recordEvent } from '#lib/audit/record-event';
import { demand } from '#lib/auth/permissions';
import type { Context } from '#lib/context';
import { type CheckKind, type ConnectionCheck, pausedForKey } from '#lib/model/connection';
import { Unreached, type UnreachedWhy } from '#lib/outbound/outbound';
import type { CheckAnswer, Provider, ProviderFetch } from '#lib/providers/provider';
import { type ConnectionRow, wakeParts } from '#lib/store/connections';
import { takeCheckTurn } from './check-pace.ts';
import { findConnection } from './find-connection.ts';
import { reachConnection } from './reach-connection.ts';

type Found = Pick<ConnectionCheck, 'kind' | 'message'>;

/** Says in words what is wrong with a connection, by a look that creates nothing. The last answer is kept. */
export async function checkConnection(ctx: Context, id: string): Promise<ConnectionCheck> {
  demand(ctx, 'operate');
  const row = await findConnection(ctx, id);
  await takeCheckTurn(ctx, row.id);
  const { provider, fetch } = await reachConnection(ctx, row.id);
  const began = performance.now();
  const found = await look(ctx, provider, fetch);
  await pause(untilNextSecond(performance.now() - began));
  const check: ConnectionCheck = { at: new Date(ctx.clock()).toISOString(), ...found };
  await keep(ctx, row, check);
  return check;
}

const longestMs = 20_000;

async function look(ctx: Context, provider: Provider, fetch: ProviderFetch): Promise<Found> {
  const signal = AbortSignal.timeout(longestMs);
  const late = new Promise<never>((_, reject) => {
    signal.addEventListener('abort', () => reject(tooLate), { once: true });
  });
  try {
    const answer = provider.check((path, init) => fetch(path, { ...init, signal }));
    return wordsFor(await Promise.race([late, answer]));
  } catch (error) {
    if (error instanceof Unreached) return unreachedAs(signal.aborted ? tooLate : error);
    ctx.log.warn('A check ended in a surprise', { error });
    return { kind: 'unavailable', message: 'The connection broke off before there was an answer.' };
  }
}

const tooLate = new Unreached('timeout', true, 'The host did not answer in time.');

const kinds: Record<CheckAnswer['kind'], CheckKind> = {
  ready: 'ready',
  credential_rejected: 'key_refused',
  not_batch_api: 'not_batch_api',
  trouble: 'unavailable',
};

function wordsFor(answer: CheckAnswer): Found {
  const message =
    answer.kind === 'ready' ? 'The provider answered, and lets this connection in.' : answer.message;
  return { kind: kinds[answer.kind], message: message.slice(0, 2_000) };
}

const unreachable: Partial<Record<UnreachedWhy, CheckKind>> = {
  tls: 'insecure',
  redirect: 'not_batch_api',
  encoded: 'not_batch_api',
  too_large: 'not_batch_api',
};
const advice: Partial<Record<UnreachedWhy, string>> = {
  dns: 'Look for a typo in the base URL.',
  refused: 'Look at host and port, and whether it runs.',
  timeout: 'It may be down, or a firewall may keep the packets.',
  tls: 'Look at host and port; a certificate of your own needs NODE_EXTRA_CA_CERTS.',
  redirect: 'Put the final address into the base URL.',
};

function unreachedAs({ why, message }: Unreached): Found {
  return {
    kind: unreachable[why] ?? 'unavailable',
    message: [message, advice[why]].filter(Boolean).join(' '),
  };
}

/** Whoever asks learns the answer, and not from the clock how it came about. */
function untilNextSecond(tookMs: number): number {
  return Math.ceil(tookMs / 1000) * 1000 - tookMs;
}

/** Of an address or key that was changed meanwhile nothing is known yet. A key that is taken again ends the pause for it. */
async function keep(ctx: Context, row: ConnectionRow, check: ConnectionCheck): Promise<void> {
  const taken = check.kind === 'ready' && row.paused_why === pausedForKey;
  await ctx.db.transaction().execute(async (trx) => {
    const { numUpdatedRows } = await trx
      .updateTable('connections')
      .set({ checked: JSON.stringify(check), ...(taken ? { paused_at: null, paused_why: null } : {}) })
      .where('id', '=', row.id)
      .where('updated_at', '=', row.updated_at)
      .executeTakeFirst();
    if (taken && numUpdatedRows > 0n) await wakeParts(trx, row.id);
    const data = { name: row.name, kind: check.kind };
    await recordEvent(trx, ctx, { subject: row.id, verb: 'connection.checked', data });
  });
  if (taken) ctx.wake();
}
