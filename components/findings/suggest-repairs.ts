import type { FileDialect } from '#lib/model/file';
import { type CodeCounts, errorCodes, type FindingCode } from '#lib/model/finding';
import type { Repair } from '#lib/model/repair';

/** A repair to be looked at; those that ask for something open with a field. */
export type Suggestion = { label: string; repair: Repair };

/** Of the file as a whole: leaving lines out is no answer to these. */
const ofAllLines: FindingCode[] = ['wrong_dialect', 'no_requests', 'too_many_requests', 'too_many_bytes'];
const ofSomeLines = errorCodes.filter((code) => !ofAllLines.includes(code));

/** All that can be done to a file with one click, what its findings ask for first. */
export function suggestRepairs(
  codes: CodeCounts,
  dialect: FileDialect | null,
): { wanted: Suggestion[]; others: Suggestion[] } {
  const has = (...wanted: FindingCode[]) => wanted.some((code) => (codes[code] ?? 0) > 0);
  const isOnlyMixed = has('mixed_dialects') && !has('wrong_dialect');
  const list: [boolean, Suggestion][] = [
    [has('wrong_dialect', 'mixed_dialects'), convert(dialect, isOnlyMixed)],
    [has('bom'), { label: 'Strip the byte order mark', repair: { kind: 'strip_bom' } }],
    [has('crlf', 'blank_line'), { label: 'Normalize newlines', repair: { kind: 'newlines' } }],
    [
      has('missing_custom_id', 'invalid_custom_id'),
      { label: 'Add missing ids', repair: { kind: 'add_ids' } },
    ],
    [has('duplicate_custom_id'), { label: 'Make ids unique', repair: { kind: 'unique_ids' } }],
    [
      has('missing_model', 'mixed_models'),
      { label: 'Set the model', repair: { kind: 'set_model', model: '' } },
    ],
    [
      has('stream_not_allowed'),
      { label: 'Remove stream', repair: { kind: 'set_parameter', name: 'stream', json: null } },
    ],
    [
      has('max_tokens_too_high'),
      { label: 'Set max_tokens', repair: { kind: 'set_parameter', name: 'max_tokens', json: '1024' } },
    ],
    [false, { label: 'Set a parameter', repair: { kind: 'set_parameter', name: '', json: '' } }],
    [has(...ofSomeLines), { label: 'Drop bad lines', repair: { kind: 'drop_bad_lines' } }],
  ];
  return {
    wanted: list.filter(([isWanted]) => isWanted).map(([, one]) => one),
    others: list.filter(([isWanted]) => !isWanted).map(([, one]) => one),
  };
}

/** To the form the first line has not; where only the forms differ, to the one it has. */
function convert(first: FileDialect | null, isOnlyMixed: boolean): Suggestion {
  return (first === 'openai') === isOnlyMixed
    ? { label: 'Convert to OpenAI lines', repair: { kind: 'convert', to: 'openai', url: null } }
    : { label: 'Convert to params', repair: { kind: 'convert', to: 'params', style: 'messages' } };
}
