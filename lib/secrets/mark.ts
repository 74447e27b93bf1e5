import 'server-only';
import { createHmac, hkdfSync } from 'node:crypto';
import type { MasterKey } from './master-keys.ts';

/** A plain hash of a short key or password could be guessed by whoever reads the store; this one cannot. */
export function markWith(master: MasterKey, text: string): string {
  const own = Buffer.from(hkdfSync('sha256', master.bytes, '', 'batchdeck mark', 32));
  return `${master.id}.${createHmac('sha256', own).update(text).digest('hex')}`;
}
