import 'server-only';
import { decodeUtf8 } from '#lib/jsonl/utf8';
import { asObject, asText } from '#lib/model/unknown';
import { Refused } from '#lib/sandbox/answer';
import type { SandboxRequestLine } from '#lib/sandbox/models/reply';

/** Of two dialects that take requests inside the create call: one looks for a model at once, the other at the id's letters. */
export type InlineDialect = 'inline' | 'anthropic';

const most = 100_000;

export function checkRequest(
  dialect: InlineDialect,
  bytes: Uint8Array,
  position: number,
  ids: Set<string>,
): SandboxRequestLine {
  if (position >= most) throw tooMany(dialect);
  const value = parsed(bytes);
  const request = asObject(value);
  if (value === undefined) throw refused(dialect, position, '', 'is not valid JSON');
  if (!request) throw refused(dialect, position, '', 'is not an object');
  const customId =
    dialect === 'anthropic' ? strictId(request.custom_id, position) : asText(request.custom_id);
  const params = asObject(request.params);
  if (!customId) throw refused(dialect, position, '.custom_id', 'is missing');
  if (ids.has(customId)) {
    throw refused(dialect, position, '.custom_id', `repeats “${customId.slice(0, 100)}”`);
  }
  if (!params) throw refused(dialect, position, '.params', 'is missing');
  if (dialect === 'inline' && !asText(params.model)) {
    throw refused(dialect, position, '.params.model', 'is missing');
  }
  ids.add(customId);
  return { custom_id: customId, params };
}

function strictId(value: unknown, position: number): string {
  const at = `requests.${position}.custom_id`;
  if (value === undefined) throw new Refused(`${at}: Field required`);
  if (typeof value !== 'string') throw new Refused(`${at}: Input should be a valid string`);
  if (value === '') throw new Refused(`${at}: String should have at least 1 character`);
  if (value.length > 64) throw new Refused(`${at}: String should have at most 64 characters`);
  if (!/^[a-zA-Z0-9_-]+$/.test(value)) {
    throw new Refused(`${at}: String should match pattern '^[a-zA-Z0-9_-]{1,64}$'`);
  }
  return value;
}

function refused(dialect: InlineDialect, position: number, field: string, what: string): Refused {
  if (dialect === 'inline') {
    const param = `requests[${position}]${field}`;
    return new Refused(`${param} ${what}.`, { param });
  }
  const words = what === 'is missing' ? 'Field required' : what;
  return new Refused(`requests.${position}${field}: ${words}`);
}

function tooMany(dialect: InlineDialect): Refused {
  return dialect === 'inline'
    ? new Refused(`A batch takes at most ${most} requests.`, { param: 'requests' })
    : new Refused(`requests: List should have at most ${most} items`);
}

function parsed(bytes: Uint8Array): unknown {
  const text = decodeUtf8(bytes);
  if (text === null) return undefined;
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
