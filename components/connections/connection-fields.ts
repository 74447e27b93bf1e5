import type { Connection, Dialect } from '#lib/model/connection';
import { faultsHeader } from '#lib/model/sandbox-faults';
import { bytesIn } from './byte-words.ts';
import { type Draft, draftInDialect, routeOf } from './draft.ts';
import type { Start } from './preset-groups.ts';

/** What the API takes, made from what a person wrote. Absent means "as it is" or "as the preset has it". */
export type ConnectionFields = {
  name: string;
  dialect?: Dialect;
  baseUrl?: string;
  apiKey?: string;
  keyHeader?: string;
  headers?: Record<string, string | null>;
  limits?: { requests?: number | null; bytes?: number | null; customIdPattern?: string | null };
  discount?: number | null;
  completionWindow?: string | null;
};

/** Only what differs is sent, so that what a file owns is never touched by accident. */
export function changesOf(
  before: Draft,
  after: Draft,
  routeHeader: string | null,
): Partial<ConnectionFields> {
  const differs = (field: keyof Draft) => before[field] !== after[field];
  const all: ConnectionFields = {
    name: after.name.trim(),
    baseUrl: after.baseUrl.trim(),
    apiKey: after.apiKey.trim(),
    keyHeader: after.keyHeader.trim(),
    discount: after.discount.trim() === '' ? null : Number(after.discount) / 100,
    completionWindow: after.completionWindow.trim() || null,
  };
  const plain = Object.entries(all).filter(([field]) => differs(field as keyof Draft));
  const limits = {
    ...(differs('requests')
      ? { requests: after.requests.trim() === '' ? null : wholeIn(after.requests) }
      : {}),
    ...(differs('bytes') ? { bytes: bytesIn(after.bytes) } : {}),
    ...(differs('customIdPattern') ? { customIdPattern: after.customIdPattern.trim() || null } : {}),
  };
  const headers = {
    ...Object.fromEntries(after.dropped.map((name) => [name, null])),
    ...headersIn(after.headers),
    ...(routeHeader !== null && differs('route') ? { [routeHeader]: after.route || null } : {}),
    ...(differs('behavior') ? { [faultsHeader]: after.behavior || null } : {}),
  };
  return {
    ...Object.fromEntries(plain),
    ...(Object.keys(limits).length > 0 ? { limits } : {}),
    ...(Object.keys(headers).length > 0 ? { headers } : {}),
  };
}

/** A new connection starts from its preset; the route and a behavior are no part of that. */
export function fieldsOf(start: Start, after: Draft): ConnectionFields {
  const before = { ...draftInDialect(start.preset, after.dialect), route: '' };
  const header = routeOf(start.preset, after.dialect)?.header ?? null;
  const dialect = after.dialect === start.preset.dialect ? {} : { dialect: after.dialect };
  return { ...changesOf(before, after, header), ...dialect, name: after.name.trim() };
}

/** A key belongs to scheme, host, port and header: when those change it is asked for again. */
export function needsKeyAgain(connection: Connection, draft: Draft): boolean {
  if (connection.key === null) return false;
  const moved = originOf(draft.baseUrl) !== originOf(connection.baseUrl);
  return moved || draft.keyHeader.trim().toLowerCase() !== connection.keyHeader;
}

/** `50,000` as people write it; null where it is no whole number above nought. */
export function wholeIn(text: string): number | null {
  const plain = text.trim().replace(/[\s,_’]/g, '');
  return /^[1-9]\d{0,11}$/.test(plain) ? Number(plain) : null;
}

function originOf(address: string): string {
  const text = address.trim();
  return URL.canParse(text) ? new URL(text).origin : text;
}

/** `name: value`, one a line. */
function headersIn(text: string): Record<string, string> {
  const lines = text.split('\n').filter((line) => line.trim() !== '');
  return Object.fromEntries(
    lines.map((line) => {
      const at = line.indexOf(':');
      return at < 0 ? [line.trim(), ''] : [line.slice(0, at).trim(), line.slice(at + 1).trim()];
    }),
  );
}
