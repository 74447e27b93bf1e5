import 'server-only';
import type { Deps } from '#lib/context';
import { hashShareToken } from './create-share.ts';

/** Chat programs fetch a link to draw a card for it; that is nobody looking. */
export function isMachine(userAgent: string | null): boolean {
  return userAgent !== null && machine.test(userAgent);
}

const machine =
  /bot\b|bot-|crawl|spider|preview|slack|discord|skype|msteams|whatsapp|telegram|facebookexternalhit/i;

export async function noteView(
  deps: Pick<Deps, 'db' | 'clock'>,
  token: string,
  userAgent: string | null,
): Promise<void> {
  if (isMachine(userAgent)) return;
  await deps.db
    .updateTable('shares')
    .set((eb) => ({ views: eb('views', '+', 1), last_viewed_at: deps.clock() }))
    .where('token_hash', '=', hashShareToken(token))
    .execute();
}
