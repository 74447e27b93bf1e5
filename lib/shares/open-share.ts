import 'server-only';
import { type Deps, workspace } from '#lib/context';
import type { ShareScope } from '#lib/model/share';
import { type BatchFacts, factsOf, isoOrNull } from '#lib/store/batch-facts';
import { batchRow } from '#lib/store/batches';
import { hashShareToken } from './create-share.ts';

/** What a link shows of a batch, and nothing more: no ids, no members, no provider's words. */
export type SharedBatch = BatchFacts;

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
    batch: factsOf(batch),
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
  return { row, batch: await batchRow(deps.db, workspace, row.batch_id) };
}
