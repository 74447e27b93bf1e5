import 'server-only';
import type { Kysely } from 'kysely';
import type { findConnection } from '#lib/connections/find-connection';
import { whyLocked } from '#lib/connections/show-connection';
import type { Context } from '#lib/context';
import { Refusal } from '#lib/errors';
import type { Capabilities } from '#lib/model/capabilities';
import type { ConnectionLimits } from '#lib/model/connection';
import { providerFor } from '#lib/providers/registry';
import { held } from '#lib/store/engine';
import type { Schema } from '#lib/store/schema';

/** The connection that lines are to be sent to. */
export type Target = Awaited<ReturnType<typeof findConnection>>;

export function capabilitiesAt({ dialect, preset, limits }: Target): Capabilities {
  return providerFor(dialect, preset, JSON.parse(limits) as Partial<ConnectionLimits>).capabilities;
}

/** What a person set on the connection stands before what its provider is known for; null lifts a limit. */
export function limitsOf(target: Target, capabilities: Capabilities) {
  const set = JSON.parse(target.limits) as Partial<ConnectionLimits>;
  const { requests = capabilities.maxRequests, bytes = capabilities.maxBytes } = set;
  return { maxRequests: requests, maxBytes: bytes };
}

export function demandUnlocked(ctx: Context, target: Target): void {
  const locked = whyLocked(ctx, target);
  if (locked !== null) throw new Refusal('conflict', `${target.name} cannot be used. ${locked}`);
}

/** A connection is deleted only while nothing needs it; whoever comes second finds out here. */
export async function demandKept(trx: Kysely<Schema>, target: Target): Promise<void> {
  const kept = await held(
    trx,
    trx.selectFrom('connections').select('id').where('id', '=', target.id).where('deleted_at', 'is', null),
  ).executeTakeFirst();
  if (!kept) throw new Refusal('conflict', `${target.name} was deleted just now. Choose another connection.`);
}
