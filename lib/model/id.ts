export type IdPrefix =
  | 'bat'
  | 'fil'
  | 'con'
  | 'shr'
  | 'tok'
  | 'usr'
  | 'prt'
  | 'int'
  | 'req'
  | 'evt'
  | 'dra'
  | 'pag';

/** A prefixed UUIDv7: opaque to everybody, sortable by creation to the store. */
export function newId(prefix: IdPrefix, now: number = Date.now()): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  let rest = now;
  for (let i = 5; i >= 0; i--) {
    bytes[i] = rest % 256;
    rest = Math.floor(rest / 256);
  }
  bytes[6] = ((bytes[6] ?? 0) & 0x0f) | 0x70;
  bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80;
  const hex = Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
  return `${prefix}_${hex}`;
}
