import 'server-only';
import { asList, asNumber, asObject, asText } from '#lib/model/unknown';
import { clean } from './clean.ts';

export type ErrorWords = { code: string; message: string };

/** A provider's error body, in whatever shape, as a short code and one clean sentence. */
export function errorWords(status: number, body: string): ErrorWords {
  const found = read(parse(body), 0);
  return {
    code: clean(found?.code ?? '', 64) || `http_${status}`,
    message: clean(found?.message ?? '', 500) || fallback(status, body),
  };
}

type Found = { code: string | null; message: string };

function read(value: unknown, depth: number): Found | null {
  if (depth > 5) return null;
  const words = asText(value);
  if (words) return nested(words, depth) ?? { code: null, message: words };
  const first = asList(value)?.[0];
  if (first !== undefined) return read(first, depth + 1);
  const object = asObject(value);
  if (!object) return null;
  const inner =
    read(object.error, depth + 1) ?? read(object.detail, depth + 1) ?? read(object.errors, depth + 1);
  if (inner) return { ...inner, code: inner.code ?? codeOf(object) };
  const message = asText(object.message) ?? asText(object.msg) ?? asText(object.error_description);
  return message ? (nested(message, depth) ?? { code: codeOf(object), message }) : null;
}

/** Gateways pass on the body of the provider behind them as a string. */
function nested(words: string, depth: number): Found | null {
  return /^\s*[{[]/.test(words) ? read(parse(words), depth + 1) : null;
}

/** `type` says more than a code that only repeats the HTTP status. */
function codeOf(object: Record<string, unknown>): string | null {
  const code = asNumber(object.code) === null ? asText(object.code) : null;
  const type = asText(object.type);
  return code ?? (type === 'error' ? null : type) ?? asText(object.status);
}

function parse(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    return null;
  }
}

function fallback(status: number, body: string): string {
  if (/^\s*</.test(body)) return `The provider answered ${status} with a web page instead of JSON.`;
  const words = /^\s*[{[]/.test(body) ? '' : clean(body, 200);
  return words
    ? `The provider answered ${status}: ${words}`
    : `The provider answered ${status} without words.`;
}
