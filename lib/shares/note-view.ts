import 'server-only';
import type { Deps } from '#lib/context';
import { hashShareToken } from './create-share.ts';

/**
 * Chat programs fetch a link to draw a card for it; that is nobody looking. Nor is who wants the headers alone, or a
 * few bytes. A page is not told its method: `proxy.ts` writes it down, and without it a HEAD counts as a view.
 */
export function isMachine(asked: Headers): boolean {
  const isPartial = asked.has('range') || asked.get('x-batchdeck-method') === 'HEAD';
  return isPartial || machine.test(asked.get('user-agent') ?? '');
}

const machine =
  /bot\b|bot-|crawl|spider|preview|slack|discord|skype|msteams|whatsapp|telegram|facebookexternalhit/i;

export async function noteView(deps: Pick<Deps, 'db' | 'clock'>, token: string): Promise<void> {
  await deps.db
    .updateTable('shares')
    .set((eb) => ({ views: eb('views', '+', 1), last_viewed_at: deps.clock() }))
    .where('token_hash', '=', hashShareToken(token))
    .execute();
}
