import type { FileDialect } from '#lib/model/file';
import type { FindingCode } from '#lib/model/finding';
import type { Holder } from './examine-json.ts';

const maxIdBytes = 256;

type Members = Record<string, unknown>;
/** Points at the value of a member, at the whole line where there is none of that name. */
type RequestProblem = { code: FindingCode; name: string; message: string; holder?: Holder };

type CheckedRequest = {
  problems: RequestProblem[];
  dialect: FileDialect | null;
  customId: string | null;
  model: string | null;
  endpoint: string | null;
};

export type RequestRules = { customIdPattern: RegExp | null; outputTokens: ReadonlyMap<string, number> };

/** The shape of one request, dialect by dialect. Reads own members only: `__proto__` is data. */
export function checkRequest(record: Members, rules: RequestRules): CheckedRequest {
  const problems: RequestProblem[] = [];
  const add: Add = (code, name, message, holder) => problems.push({ code, name, message, holder });
  const customId = checkId(record, rules.customIdPattern, add);
  const hasParams = Object.hasOwn(record, 'params');
  const hasBody = Object.hasOwn(record, 'body');
  const openai = hasBody || Object.hasOwn(record, 'url') || Object.hasOwn(record, 'method');
  if (hasParams && hasBody) {
    add('mixed_dialects', 'body', 'a request has `params` or `body`, not both.');
    return { problems, dialect: null, customId, model: null, endpoint: null };
  }
  if (!hasParams && !openai) {
    add('missing_body', '', '`params` is missing, or `method`, `url` and `body`.');
    return { problems, dialect: null, customId, model: null, endpoint: null };
  }
  const dialect = hasParams ? 'params' : 'openai';
  const endpoint = hasParams ? null : checkAddress(record, add);
  const payload = hasParams ? 'params' : 'body';
  const model = checkPayload(record, payload, add);
  if (model !== null && rules.outputTokens.size > 0) {
    checkTokens(record[payload] as Members, payload, rules.outputTokens.get(model), add);
  }
  return { problems, dialect, customId, model, endpoint };
}

type Add = (code: FindingCode, name: string, message: string, holder?: Holder) => void;

/** Answers the id where it is text, so that repeats are found even among ids that are refused. */
function checkId(record: Members, pattern: RegExp | null, add: Add): string | null {
  if (!Object.hasOwn(record, 'custom_id')) {
    add('missing_custom_id', '', '`custom_id` is missing.');
    return null;
  }
  const id = record.custom_id;
  const refuse = (message: string) => add('invalid_custom_id', 'custom_id', message);
  if (typeof id !== 'string') {
    refuse('`custom_id` must be text in quotes.');
    return null;
  }
  if (id === '') {
    refuse('`custom_id` is empty.');
    return null;
  }
  if (!id.isWellFormed() || id.includes('\0')) refuse('`custom_id` holds a character that cannot be stored.');
  else if (id.length * 3 > maxIdBytes && new TextEncoder().encode(id).length > maxIdBytes) {
    refuse(`\`custom_id\` is longer than ${maxIdBytes} bytes.`);
  } else if (pattern && !pattern.test(id)) refuse(`\`custom_id\` must match ${pattern.source} here.`);
  return id;
}

function checkAddress(record: Members, add: Add): string | null {
  const method = member(record, 'method');
  const url = member(record, 'url');
  if (method !== 'POST') add('missing_body', 'method', '`method` must be "POST".');
  if (typeof url === 'string' && url.startsWith('/')) return url;
  add('missing_body', 'url', '`url` must be a path like "/v1/chat/completions".');
  return null;
}

function checkPayload(record: Members, name: 'params' | 'body', add: Add): string | null {
  const payload = member(record, name);
  if (typeof payload !== 'object' || payload === null || Array.isArray(payload)) {
    add('missing_body', name, `\`${name}\` must be an object.`);
    return null;
  }
  const stream = member(payload as Members, 'stream');
  if (stream !== undefined && stream !== null && stream !== false) {
    add('stream_not_allowed', 'stream', 'a batch cannot stream. Remove `stream`.', name);
  }
  const model = member(payload as Members, 'model');
  if (typeof model === 'string' && model !== '') return model;
  if (model === undefined) add('missing_model', name, `\`${name}.model\` is missing.`);
  else add('missing_model', 'model', `\`${name}.model\` must be a name.`, name);
  return null;
}

const tokenNames = ['max_tokens', 'max_completion_tokens', 'max_output_tokens'];

function checkTokens(payload: Members, holder: 'params' | 'body', most: number | undefined, add: Add): void {
  if (most === undefined) return;
  for (const name of tokenNames) {
    const asked = member(payload, name);
    if (typeof asked !== 'number' || asked <= most) continue;
    const message = `\`${name}\` is ${asked}; this model gives at most ${most}.`;
    add('max_tokens_too_high', name, message, holder);
  }
}

function member(record: Members, name: string): unknown {
  return Object.hasOwn(record, name) ? record[name] : undefined;
}
