import type { FileDialect } from '#lib/model/file';
import type { CodeCounts, FindingCode } from '#lib/model/finding';
import type { Repair } from '#lib/model/repair';

/** A repair to be looked at; those that ask for something open with a field. */
export type Suggestion = { label: string; repair: Repair };

const unreadable: FindingCode[] = [
  'invalid_json',
  'not_an_object',
  'invalid_utf8',
  'nul_byte',
  'too_deep',
  'line_too_long',
];
const refused: FindingCode[] = [
  ...unreadable,
  'duplicate_key',
  'missing_custom_id',
  'invalid_custom_id',
  'duplicate_custom_id',
  'missing_model',
  'missing_body',
  'stream_not_allowed',
  'mixed_dialects',
  'max_tokens_too_high',
];

/** All that can be done to a file with one click, what its findings ask for first. */
export function suggestRepairs(
  codes: CodeCounts,
  dialect: FileDialect | null,
): { wanted: Suggestion[]; others: Suggestion[] } {
  const has = (...wanted: FindingCode[]) => wanted.some((code) => (codes[code] ?? 0) > 0);
  const list: [boolean, Suggestion][] = [
    [has('wrong_dialect'), convert(dialect)],
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
    [has(...refused), { label: 'Drop bad lines', repair: { kind: 'drop_bad_lines' } }],
  ];
  return {
    wanted: list.filter(([isWanted]) => isWanted).map(([, one]) => one),
    others: list.filter(([isWanted]) => !isWanted).map(([, one]) => one),
  };
}

function convert(from: FileDialect | null): Suggestion {
  return from === 'openai'
    ? { label: 'Convert to params', repair: { kind: 'convert', to: 'params', style: 'messages' } }
    : { label: 'Convert to OpenAI lines', repair: { kind: 'convert', to: 'openai', url: null } };
}
