export type Refused = { what: 'empty' | 'gzip' | 'zip' | 'utf-16'; message: string };

/** How many bytes `sniff` wants to see, where the file has as many. */
export const sniffedBytes = 64;

/** Tells from its first bytes what is surely not UTF-8 text. Names and types are never asked. */
export function sniff(head: Uint8Array): Refused | null {
  if (head.length === 0) return { what: 'empty', message: 'The file is empty.' };
  const starts = (...bytes: number[]) => bytes.every((byte, i) => head[i] === byte);
  if (starts(0x1f, 0x8b)) {
    return { what: 'gzip', message: 'This is a gzip file. Unpack it and upload the JSONL inside.' };
  }
  if (starts(0x50, 0x4b, 3, 4) || starts(0x50, 0x4b, 5, 6) || starts(0x50, 0x4b, 7, 8)) {
    return { what: 'zip', message: 'This is a zip file. Unpack it and upload the JSONL inside.' };
  }
  if (starts(0xff, 0xfe) || starts(0xfe, 0xff) || alternatesNul(head)) {
    return { what: 'utf-16', message: 'This file is UTF-16. Save it as UTF-8 and upload it again.' };
  }
  return null;
}

/** Latin text in UTF-16 (or UTF-32) without a byte order mark: every other byte is NUL. */
function alternatesNul(head: Uint8Array): boolean {
  if (head.length < 4) return false;
  const pairs = Math.floor(head.length / 2);
  const nuls = (from: number) => {
    let count = 0;
    for (let i = from; i < pairs * 2; i += 2) if (head[i] === 0) count++;
    return count;
  };
  const [even, odd] = [nuls(0), nuls(1)];
  return (even === pairs && odd < pairs) || (odd === pairs && even < pairs);
}
