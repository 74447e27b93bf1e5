import { ApiError } from '#lib/api-client';
import type { Connection } from '#lib/model/connection';
import type { Preset } from '#lib/model/preset';
import { bytesIn } from './byte-words.ts';
import { needsKeyAgain, wholeIn } from './connection-fields.ts';
import type { Draft } from './draft.ts';

export type FieldProblems = Partial<Record<keyof Draft | 'other', string>>;

/** What can be said before anything is sent. */
export function problemsIn(draft: Draft, preset: Preset, connection: Connection | null): FieldProblems {
  const found: FieldProblems = {};
  const built = preset.name === 'sandbox';
  if (draft.name.trim() === '') found.name = 'Give the connection a name.';
  if (!built && draft.baseUrl.trim() === '') found.baseUrl = `${preset.title} needs a base URL.`;
  const noKey = draft.apiKey.trim() === '';
  if (preset.needsKey && connection === null && noKey) found.apiKey = `${preset.title} needs a key.`;
  if (connection !== null && needsKeyAgain(connection, draft) && noKey) {
    found.apiKey = 'The key belongs to the old address and header. Enter it again for the new one.';
  }
  if (draft.requests.trim() !== '' && wholeIn(draft.requests) === null) {
    found.requests = 'Write a whole number, like 50,000, or nothing for no limit.';
  }
  if (draft.bytes.trim() !== '' && bytesIn(draft.bytes) === null) {
    found.bytes = 'Write a size, like 200 MB, or nothing for no limit.';
  }
  if (draft.headers.split('\n').some((line) => line.trim() !== '' && !isHeader(line))) {
    found.headers = 'Write each header as name: value, like x-team: blue.';
  }
  const percent = Number(draft.discount);
  if (!(percent >= 0 && percent <= 100)) found.discount = 'Write a percentage from 0 to 100, like 50.';
  return found;
}

function isHeader(line: string): boolean {
  return /^\s*[^\s:]+\s*:\s*\S/.test(line);
}

const fields: Record<string, keyof Draft> = {
  name: 'name',
  dialect: 'dialect',
  baseUrl: 'baseUrl',
  apiKey: 'apiKey',
  keyHeader: 'keyHeader',
  headers: 'headers',
  discount: 'discount',
  completionWindow: 'completionWindow',
  'limits.requests': 'requests',
  'limits.bytes': 'bytes',
  'limits.customIdPattern': 'customIdPattern',
};

/** What the server found, beside the field it found it in. */
export function problemsOf(error: unknown): FieldProblems {
  if (!(error instanceof ApiError)) return { other: 'It could not be saved. Try again.' };
  const details = error.details as { field?: string } | { path?: string; message?: string }[] | undefined;
  const issues = Array.isArray(details)
    ? details.map(({ path = '', message }) => ({ path, message }))
    : [{ path: details?.field ?? '', message: error.message }];
  const found: FieldProblems = {};
  for (const { path, message } of issues) {
    found[fields[path] ?? fields[path.split('.')[0] ?? ''] ?? 'other'] ??= message ?? error.message;
  }
  return found;
}
