import { expect, test } from 'vitest';
import { connectionEventWords } from './connection-event-words.ts';

test.each([
  ['connection.created', {}, 'Added'],
  ['connection.changed', { fields: ['apiKey'] }, 'Key replaced'],
  ['connection.changed', { fields: ['baseUrl', 'apiKey', 'limits'] }, 'Changed: base URL, key, limits'],
  ['connection.paused', { why: 'Budget' }, 'Paused: Budget'],
  ['connection.checked', { kind: 'key_refused' }, 'Checked: key refused'],
  ['connection.renamed_someday', null, 'connection.renamed_someday'],
])('%s %j reads “%s”', (verb, data, words) => {
  expect(connectionEventWords({ verb, data })).toBe(words);
});
