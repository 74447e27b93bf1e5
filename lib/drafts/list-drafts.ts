import 'server-only';
import { demand } from '#lib/auth/permissions';
import type { Context } from '#lib/context';
import { Refusal } from '#lib/errors';
import type { DraftSummary } from '#lib/model/draft';
import type { DraftsQuery } from '#lib/model/draft.schema';
import { reachableDrafts, showDraft } from './show-draft.ts';

export type DraftList = { items: DraftSummary[]; nextCursor: string | null };

/** The lately saved first. */
export async function listDrafts(ctx: Context, { cursor, limit }: DraftsQuery): Promise<DraftList> {
  demand(ctx, 'read');
  let page = reachableDrafts(ctx);
  if (cursor !== undefined) {
    const { at, id } = readCursor(cursor);
    page = page.where((eb) =>
      eb.or([
        eb('drafts.updated_at', '<', at),
        eb.and([eb('drafts.updated_at', '=', at), eb('drafts.id', '<', id)]),
      ]),
    );
  }
  const rows = await page
    .orderBy('drafts.updated_at', 'desc')
    .orderBy('drafts.id', 'desc')
    .limit(limit + 1)
    .execute();
  const items = rows.slice(0, limit);
  const last = rows.length > limit ? items.at(-1) : undefined;
  return { items: items.map(showDraft), nextCursor: last ? `${last.updated_at}.${last.id}` : null };
}

function readCursor(cursor: string): { at: number; id: string } {
  const [, at, id] = /^(\d{1,15})\.(dra_[0-9a-f]{32})$/.exec(cursor) ?? [];
  if (!at || !id) throw new Refusal('invalid', 'This cursor is not one of ours.');
  return { at: Number(at), id };
}
