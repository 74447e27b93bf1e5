import 'server-only';
import { type Deps, workspace } from '#lib/context';
import { Refusal } from '#lib/errors';
import type { SharedBatch, ShareScope } from '#lib/model/share';
import { factsOf, isoOrNull } from '#lib/store/batch-facts';
import { type BatchRow, batchRow } from '#lib/store/batches';
import { hashShareToken } from './create-share.ts';

/** What a link shows of a batch, and nothing more: no ids, no members, no provider's words. */
export type OpenShare = {
  share: { scope: ShareScope; expiresAt: string | null; sharedBy: string; redactPrompts: boolean };
  batch: SharedBatch;
};

type ShareDeps = Pick<Deps, 'db' | 'clock'>;

/** Null for anything that is not a living link: unknown, revoked, expired and malformed look the same. */
export async function openShare(deps: ShareDeps, token: string): Promise<OpenShare | null> {
  const found = await findShare(deps, token);
  if (!found) return null;
  const { row, batch } = found;
  return {
    share: {
      scope: row.scope,
      expiresAt: isoOrNull(row.expires_at),
      sharedBy: row.email ?? 'a removed member',
      redactPrompts: row.redact_prompts === 1,
    },
    batch: { ...factsOf(batch), waits: batch.attention === 'needs_decision' },
  };
}

export async function findShare(deps: ShareDeps, token: string) {
  if (!/^[\w-]{43}$/.test(token)) return null;
  const row = await deps.db
    .selectFrom('shares')
    .leftJoin('users', 'users.id', 'shares.created_by')
    .selectAll('shares')
    .select(['users.email', 'users.disabled_at'])
    .where('token_hash', '=', hashShareToken(token))
    .executeTakeFirst();
  if (!row || row.disabled_at !== null) return null;
  if (row.expires_at !== null && row.expires_at <= deps.clock()) return null;
  const batch = await livingBatch(deps.db, row.batch_id);
  return batch && { row, batch };
}

/** A link made while its batch was being deleted outlives it and opens nothing. */
async function livingBatch(db: Deps['db'], id: string): Promise<BatchRow | null> {
  try {
    return await batchRow(db, workspace, id);
  } catch (error) {
    if (error instanceof Refusal && error.code === 'not_found') return null;
    throw error;
  }
}
