import 'server-only';
import { asNumber, asText } from '#lib/model/unknown';

/** Unix seconds, milliseconds, ISO with any number of digits, or either as text; 0 is unset. */
export function timeOf(value: unknown): number | null {
  const number = asNumber(value);
  if (number !== null) return number <= 0 ? null : Math.floor(number > 1e11 ? number : number * 1000);
  const time = Date.parse(asText(value) ?? '');
  return Number.isNaN(time) ? null : time;
}
