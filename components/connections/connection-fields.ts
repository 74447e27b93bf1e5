import type { Connection } from '#lib/model/connection';
import type { Preset } from '#lib/model/preset';

/** What the API takes, made from what a person wrote. Absent means "as it is" or "as the preset has it". */
export type ConnectionFields = {
  name: string;
  baseUrl?: string;
  apiKey?: string;
  keyHeader?: string;
  headers?: Record<string, string>;
  discount?: number | null;
  completionWindow?: string | null;
};

export type Draft = Record<
  'name' | 'baseUrl' | 'apiKey' | 'keyHeader' | 'headers' | 'discount' | 'completionWindow',
  string
>;

export function draftFromPreset(preset: Preset, taken: string[]): Draft {
  return {
    name: freeName(preset.title, taken),
    baseUrl: preset.baseUrl ?? '',
    apiKey: '',
    keyHeader: preset.keyHeader,
    headers: '',
    discount: percentOf(preset.discount),
    completionWindow: preset.completionWindow ?? '',
  };
}

export function draftFromConnection(connection: Connection): Draft {
  return {
    name: connection.name,
    baseUrl: connection.baseUrl,
    apiKey: '',
    keyHeader: connection.keyHeader,
    headers: '',
    discount: percentOf(connection.discount),
    completionWindow: connection.completionWindow ?? '',
  };
}

/** A fraction as people write it: 0.29 times 100 is not 29 to a computer. */
function percentOf(fraction: number | null): string {
  return fraction === null ? '' : String(Number((fraction * 100).toFixed(6)));
}

/** Only what differs is sent, so that what a file owns is never touched by accident. */
export function changesOf(before: Draft, after: Draft): Partial<ConnectionFields> {
  const all: ConnectionFields = {
    name: after.name.trim(),
    baseUrl: after.baseUrl.trim(),
    apiKey: after.apiKey.trim(),
    keyHeader: after.keyHeader.trim(),
    headers: headersIn(after.headers),
    discount: after.discount.trim() === '' ? null : Number(after.discount) / 100,
    completionWindow: after.completionWindow.trim() || null,
  };
  const changed = Object.entries(all).filter(
    ([field]) => before[field as keyof Draft] !== after[field as keyof Draft],
  );
  return Object.fromEntries(changed);
}

/** A key belongs to scheme, host, port and header: when those change it is asked for again. */
export function needsKeyAgain(connection: Connection, draft: Draft): boolean {
  if (connection.key === null) return false;
  const moved = originOf(draft.baseUrl) !== originOf(connection.baseUrl);
  return moved || draft.keyHeader.trim().toLowerCase() !== connection.keyHeader;
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

function freeName(title: string, taken: string[]): string {
  if (!taken.includes(title)) return title;
  let n = 2;
  while (taken.includes(`${title} ${n}`)) n++;
  return `${title} ${n}`;
}
