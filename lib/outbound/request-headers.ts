import 'server-only';
import { validateHeaderName, validateHeaderValue } from 'node:http';
import { Unreached } from './outbound.ts';

const travelHeaders = ['host', 'connection', 'transfer-encoding', 'upgrade', 'te', 'expect', 'keep-alive'];

/** What a call may say about itself. The complaint never repeats a value: it may be the key. */
export function requestHeaders(given: Record<string, string>): Record<string, string> {
  const headers: Record<string, string> = { 'user-agent': 'batchdeck' };
  for (const [name, value] of Object.entries(given)) {
    try {
      validateHeaderName(name);
      validateHeaderValue(name, value);
    } catch {
      throw new Unreached('blocked', false, 'A header of this call holds characters that cannot be sent.');
    }
    headers[name.toLowerCase()] = value;
  }
  if (travelHeaders.some((name) => name in headers)) {
    throw new Unreached(
      'blocked',
      false,
      `The headers ${travelHeaders.join(', ')} are set by the connection.`,
    );
  }
  return { ...headers, 'accept-encoding': 'identity' };
}
