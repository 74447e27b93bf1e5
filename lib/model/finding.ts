export const errorCodes = [
  'invalid_json',
  'not_an_object',
  'invalid_utf8',
  'nul_byte',
  'line_too_long',
  'too_deep',
  'duplicate_key',
  'missing_custom_id',
  'invalid_custom_id',
  'duplicate_custom_id',
  'missing_model',
  'missing_body',
  'stream_not_allowed',
  'mixed_dialects',
  'no_requests',
  'too_many_requests',
  'too_many_bytes',
] as const;
export const warningCodes = [
  'mixed_endpoints',
  'mixed_models',
  'unsafe_number',
  'lone_surrogate',
  'bom',
  'crlf',
  'blank_line',
] as const;
export type FindingCode = (typeof errorCodes)[number] | (typeof warningCodes)[number];

/** Something about one line of a file. `line` is physical and 1-based (`sed -n Np`), `column` 1-based in characters. */
export type Finding = {
  line: number;
  column: number;
  severity: 'error' | 'warning';
  code: FindingCode;
  message: string;
  customId?: string;
  otherLine?: number;
};

/** All findings are counted, the first thousand are kept. */
export const keptFindings = 1_000;
