import { asObject } from '#lib/model/unknown';

export type BatchEvent = { seq: number; at: string; actor: string; verb: string; data: unknown };

/** One event in words. A verb nobody has words for is shown as it is rather than dropped. */
export function eventWords({ verb, data }: Pick<BatchEvent, 'verb' | 'data'>): {
  what: string;
  detail: string | null;
} {
  const known = asObject(data) ?? {};
  const words: Record<string, string> = {
    'batch.created': 'Created',
    'batch.accepted': 'Accepted by the provider',
    'batch.pending': 'Waiting at the provider',
    'batch.running': 'Running at the provider',
    'batch.finishing': 'The provider writes the results',
    'batch.ended_upstream': 'Ended at the provider; the results are collected',
    'batch.completed': 'Completed',
    'batch.failed': 'Failed',
    'batch.expired': 'Expired',
    'batch.cancelled': 'Cancelled',
    'batch.cancel_asked': 'Cancelling was asked',
    'batch.cancelling': 'The provider was asked to stop',
    'batch.cancelled_unsent': 'Cancelled before it was sent',
    'batch.refused': 'Refused by the provider',
    'batch.not_sent': 'Not sent; it is tried again',
    'batch.answer_lost': 'The answer to the create call was lost',
    'batch.needs_decision': 'Looking found no match: a person decides',
    'batch.bound_by_hand': 'Bound by hand to a batch at the provider',
    'batch.sent_again': 'Sent again by hand',
    'batch.given_up': 'Given up by hand',
    'batch.unreachable': 'The provider cannot be reached',
    'batch.gone_upstream': 'The provider no longer knows it',
    'batch.credential_rejected': 'The provider refused the key',
    'batch.set_aside': 'Set aside: reading its results went wrong',
    'batch.retried': 'Retried',
    'batch.changed': 'Changed',
    'share.created': 'A link was made',
    'share.revoked': 'A link was revoked',
  };
  return { what: words[verb] ?? verb, detail: detailOf(verb, known) };
}

function detailOf(verb: string, data: Record<string, unknown>): string | null {
  const text = (name: string) => (typeof data[name] === 'string' && data[name] !== '' ? data[name] : null);
  if (verb === 'batch.created') return [text('file'), text('connection')].filter(Boolean).join(' → ') || null;
  if (verb === 'share.created') return text('scope') && `shows ${text('scope')}`;
  if (verb === 'batch.retried') return `attempt ${data.attempt}, ${data.requests} requests`;
  if (verb === 'batch.changed' && Array.isArray(data.fields)) return data.fields.join(', ');
  const counted = ['succeeded', 'failed', 'expired', 'cancelled', 'missing']
    .filter((name) => typeof data[name] === 'number' && data[name] > 0)
    .map((name) => `${data[name]} ${name}`);
  if (counted.length > 0) return counted.join(', ');
  const raw = text('rawStatus');
  return text('message') ?? text('providerBatchId') ?? (raw && `“${raw}”`);
}
