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
    'batch.waits_in_line': 'The provider has no room: it waits in line',
    'batch.released': 'Let go by hand',
    'batch.answer_lost': 'The answer to the create call was lost',
    'batch.needs_decision': 'Looking found no match: a person decides',
    'batch.bound_by_hand': 'Bound by hand to a batch at the provider',
    'batch.sent_again': 'Sent again by hand',
    'batch.given_up': 'Given up by hand',
    'batch.late_answer': 'A call that was given up got through after all',
    'batch.stalled': 'Nothing has changed for long',
    'batch.results_differ': 'The results differ at every read',
    'batch.results_gone': 'The provider deleted the results',
    'batch.results_expire': 'The provider will soon delete the results',
    'batch.connection_deleted': 'Given up: its connection was deleted',
    'batch.unreachable': 'The provider cannot be reached',
    'batch.gone_upstream': 'The provider no longer knows it',
    'batch.credential_rejected': 'The provider refused the key',
    'batch.set_aside': 'Set aside: reading its results went wrong',
    'batch.retried': 'Retried',
    'batch.changed': 'Changed',
    'batch.downloaded': 'Downloaded',
    'share.created': 'A link was made',
    'share.revoked': 'A link was revoked',
  };
  const late = verb === 'batch.ended_upstream' && known.tooLate === true;
  const what = late ? 'Ended at the provider before the cancellation came' : (words[verb] ?? verb);
  return { what, detail: withPart(known, detailOf(verb, known)) };
}

/** Of a batch in several parts each tells its own story. */
function withPart({ part }: Record<string, unknown>, detail: string | null): string | null {
  return typeof part === 'number' ? [`Part ${part}`, detail].filter(Boolean).join(': ') : detail;
}

const heard = new Set([
  'batch.accepted',
  'batch.pending',
  'batch.running',
  'batch.finishing',
  'batch.cancelling',
  'batch.ended_upstream',
  'batch.refused',
  'batch.gone_upstream',
  'batch.credential_rejected',
]);

/** Who is the source of a step: a person, the provider's word, or Batchdeck itself. */
export function sourceOf({ actor, verb }: Pick<BatchEvent, 'actor' | 'verb'>, provider: string): string {
  if (actor === 'anyone') return 'through a link';
  if (actor !== 'clock') return actor;
  return heard.has(verb) ? `said by ${provider}` : 'Batchdeck';
}

function retriedWords({ attempt, requests, overrides }: Record<string, unknown>): string {
  const changed =
    Array.isArray(overrides) && overrides.length > 0 ? `, with another ${overrides.join(', ')}` : '';
  return `${requests} ${requests === 1 ? 'request' : 'requests'} as attempt ${attempt}${changed}`;
}

function downloadWords({ format, narrowed, recipient }: Record<string, unknown>): string {
  const some = narrowed === true ? ', some rows of it' : '';
  return `${format}${some}${typeof recipient === 'string' ? `, by the link for ${recipient}` : ''}`;
}

function detailOf(verb: string, data: Record<string, unknown>): string | null {
  const text = (name: string) => (typeof data[name] === 'string' && data[name] !== '' ? data[name] : null);
  if (verb === 'batch.created') return [text('file'), text('connection')].filter(Boolean).join(' → ') || null;
  if (verb === 'share.created') return text('scope') && `shows ${text('scope')}`;
  if (verb === 'batch.downloaded') return downloadWords(data);
  if (verb === 'batch.retried') return retriedWords(data);
  if (verb === 'batch.changed' && Array.isArray(data.fields)) return data.fields.join(', ');
  const counted = ['succeeded', 'failed', 'expired', 'cancelled', 'missing']
    .filter((name) => typeof data[name] === 'number' && data[name] > 0)
    .map((name) => `${data[name]} ${name}`);
  if (counted.length > 0) return counted.join(', ');
  const raw = text('rawStatus');
  return text('message') ?? text('providerBatchId') ?? (raw && `“${raw}”`);
}
