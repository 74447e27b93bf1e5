import 'server-only';
import type { ZodError } from 'zod';
import { asRefusal, Refusal } from '#lib/errors';
import type { Log } from '#lib/log';
import { newId } from '#lib/model/id';
import { answer, respond } from './answer.ts';

/** The one place that turns what went wrong into HTTP. A surprise is logged under an id; the caller sees the id alone. */
export function failure(error: unknown, log: Log | undefined): Response {
  const refusal = asRefusal(error) ?? surprise(error, log);
  return respond(answer(refusal, { status: refusal.status, headers: headersFor(refusal) }));
}

export function invalid(error: ZodError): Refusal {
  const details = error.issues.map((issue) => ({ path: issue.path.join('.'), message: issue.message }));
  const [first] = details;
  const message = first?.path ? `${first.path}: ${first.message}` : first?.message;
  return new Refusal('invalid', message ?? 'The input is not valid.', details);
}

function surprise(error: unknown, log: Log | undefined): Refusal {
  const requestId = newId('req');
  log?.error('A request failed', { requestId, error });
  return new Refusal('internal', `Something went wrong on our side. The log tells more at ${requestId}.`, {
    requestId,
  });
}

function headersFor(refusal: Refusal): Record<string, string> {
  // Who sends too slowly would hold the connection open with a body that never ends.
  if (refusal.code === 'timeout') return { connection: 'close' };
  const wait = (refusal.details as { retryAfterSeconds?: unknown } | undefined)?.retryAfterSeconds;
  return typeof wait === 'number' ? { 'retry-after': String(wait) } : {};
}
