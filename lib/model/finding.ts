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
  'wrong_dialect',
  'max_tokens_too_high',
  'no_requests',
  'too_many_requests',
  'too_many_bytes',
] as const;
export const warningCodes = [
  'other_endpoint',
  'mixed_endpoints',
  'mixed_models',
  'unsafe_number',
  'lone_surrogate',
  'bom',
  'crlf',
  'blank_line',
] as const;
export type FindingCode = (typeof errorCodes)[number] | (typeof warningCodes)[number];

const errorSet: ReadonlySet<string> = new Set(errorCodes);

/** Of the code as such; where two lines together make it worse or better, the finding says so. */
export function severityOf(code: FindingCode): Severity {
  return errorSet.has(code) ? 'error' : 'warning';
}

export type Severity = 'error' | 'warning';
export type CodeCounts = Partial<Record<FindingCode, number>>;

/** Where the text of a line stands in its file: without byte order mark, newline and the CR before it. */
export type LinePlace = { offset: number; bytes: number };

/** What stands around a column, made fit to be shown. */
export type Snippet = { before: string; at: string; after: string };

/** Something about one line of a file. `line` is physical and 1-based (`sed -n Np`), `column` 1-based in characters. */
export type Finding = {
  line: number;
  column: number;
  severity: Severity;
  code: FindingCode;
  message: string;
  customId?: string;
  otherLine?: number;
  place?: LinePlace;
  snippet?: Snippet;
};

/** All findings are counted, the first thousand are kept. */
export const keptFindings = 1_000;
