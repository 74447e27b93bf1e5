import 'server-only';
import { notFound } from '#lib/errors';
import { answer, respond } from './answer.ts';

/** What scripts get for an address that leads nowhere: our error shape, not a page. */
export async function unknownPath(): Promise<Response> {
  return respond(answer(notFound('This address'), { status: 404 }));
}

/** The same in the words of the official clients, who also look for `type`. */
export async function unknownDropInPath(): Promise<Response> {
  const message = 'This address was not found.';
  const error = { type: 'not_found_error', code: 'not_found', message, param: null };
  return respond(answer({ type: 'error', error }, { status: 404 }));
}
