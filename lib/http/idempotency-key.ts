import 'server-only';
import { Refusal } from '#lib/errors';

export function idempotencyKey(request: Request): string | null {
  const key = request.headers.get('idempotency-key');
  if (key !== null && (key.length < 1 || key.length > 255)) {
    throw new Refusal('invalid', 'An Idempotency-Key has 1 to 255 characters.');
  }
  return key;
}
