import { maxDepth } from './examine-json.ts';

/**
 * Whether a parsed line surely holds none of the rarities that `examineJson` looks for. Structural colons are counted
 * in the text and keys in the value: they differ exactly when a key was repeated.
 */
export function isPlain(text: string, record: Record<string, unknown>): boolean {
  let depth = 0;
  let topKeys = 0;
  let innerKeys = 0;
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (code === 0x22) i = closingQuote(text, i);
    else if (code === 0x3a) {
      if (depth === 1) topKeys++;
      else if (depth === 2) innerKeys++;
    } else if (code === 0x7b || code === 0x5b) {
      if (++depth > maxDepth) return false;
    } else if (code === 0x7d || code === 0x5d) depth--;
  }
  for (const key in record) {
    topKeys--;
    const value: unknown = record[key];
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) innerKeys -= keyCount(value);
  }
  return topKeys === 0 && innerKeys === 0 && isSound(record);
}

function keyCount(value: object): number {
  let count = 0;
  for (const _ in value) count++;
  return count;
}

function closingQuote(text: string, open: number): number {
  for (let at = text.indexOf('"', open + 1); at !== -1; at = text.indexOf('"', at + 1)) {
    let before = at - 1;
    while (text.charCodeAt(before) === 0x5c) before--;
    if ((at - before) % 2 === 1) return at;
  }
  return text.length;
}

/** No number that doubles change and no half of a surrogate pair. The depth is known to be small. */
function isSound(value: unknown): boolean {
  if (typeof value === 'string') return value.isWellFormed();
  if (typeof value === 'number') return Math.abs(value) < 2 ** 53;
  if (typeof value !== 'object' || value === null) return true;
  if (Array.isArray(value)) {
    for (const item of value) if (!isSound(item)) return false;
    return true;
  }
  for (const key in value) {
    if (!key.isWellFormed() || !isSound((value as Record<string, unknown>)[key])) return false;
  }
  return true;
}
