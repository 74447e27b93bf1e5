import 'server-only';
import { asNumber, asText } from '#lib/model/unknown';

const latest = Date.UTC(9999, 0);
const iso = /^\d{4}-\d\d-\d\d[T ]\d\d:\d\d(?::\d\d(?:\.\d+)?)?(Z|[+-]\d\d:?\d\d)?$/i;

/**
 * Unix seconds or finer, ISO with any number of digits, or either as text. What names no zone is UTC; 0, the zero
 * times of other languages and what lies beyond every calendar are unset.
 */
export function timeOf(value: unknown): number | null {
  const number = asNumber(value);
  const time = number === null ? fromText(asText(value)?.trim() ?? '') : Math.floor(number * unitOf(number));
  return time > 0 && time < latest ? time : null;
}

/** By its size a number of our days is told to be seconds, milliseconds, microseconds or nanoseconds. */
function unitOf(number: number): number {
  if (number > 1e17) return 1e-6;
  if (number > 1e14) return 1e-3;
  return number > 1e11 ? 1 : 1_000;
}

function fromText(text: string): number {
  const [whole, zone] = iso.exec(text) ?? [];
  return whole === undefined ? Number.NaN : Date.parse(zone === undefined ? `${whole}Z` : whole);
}
