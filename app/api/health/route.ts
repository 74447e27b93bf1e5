import { respond } from '#lib/http/answer';

/** Alive as long as it answers, whatever the rest does. */
export async function GET(): Promise<Response> {
  return respond({ ok: true });
}
