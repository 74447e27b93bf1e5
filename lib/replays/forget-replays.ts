import 'server-only';
import type { Context } from '#lib/context';
import { timeOf } from '#lib/store/engine';

const keptMs = 30 * 24 * 3_600_000;

/** Nobody asks again for an answer that is this old; until then the same key brings it back. */
export async function forgetReplays({ db }: Pick<Context, 'db'>): Promise<void> {
  await db
    .deleteFrom('replays')
    .where('created_at', '<', (await timeOf(db)) - keptMs)
    .execute();
}
