import { asObject } from '#lib/model/unknown';
import type { ConnectionEvent } from './queries.ts';

/** One event in words. A verb nobody has words for is shown as it is rather than dropped. */
export function connectionEventWords({ verb, data }: Pick<ConnectionEvent, 'verb' | 'data'>): string {
  const known = asObject(data) ?? {};
  const fields = Array.isArray(known.fields) ? known.fields.map(String) : [];
  const why = typeof known.why === 'string' && known.why !== '' ? `: ${known.why}` : '';
  const words: Record<string, string> = {
    'connection.created': 'Added',
    'connection.changed': changedWords(fields),
    'connection.paused': `Paused${why}`,
    'connection.resumed': 'Resumed',
    'connection.checked': checkedWords[String(known.kind)] ?? 'Checked',
  };
  return words[verb] ?? verb;
}

const checkedWords: Record<string, string> = {
  ready: 'Checked: ready',
  unavailable: 'Checked: not reached',
  insecure: 'Checked: no secure connection',
  key_refused: 'Checked: key refused',
  not_batch_api: 'Checked: no batch API there',
};

const fieldWords: Record<string, string> = {
  apiKey: 'key',
  baseUrl: 'base URL',
  keyHeader: 'key header',
  completionWindow: 'window',
};

function changedWords(fields: string[]): string {
  if (fields.length === 1 && fields[0] === 'apiKey') return 'Key replaced';
  return fields.length === 0
    ? 'Changed'
    : `Changed: ${fields.map((field) => fieldWords[field] ?? field).join(', ')}`;
}
