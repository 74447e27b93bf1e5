import { maxDepth } from './examine-json.ts';

/**
 * Whether a parsed line surely holds none of the rarities that `examineJson` looks for. Structural colons are counted
 * in the text and keys in the value: they differ exactly when a key was repeated.
 */
export function isPlain(text: string, record: Record<string, unknown>): boolean {
  let depth = 0;
  let colons = 0;
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (code === 0x22) i = closingQuote(text, i);
    else if (code === 0x3a) colons++;
    else if (code === 0x7b || code === 0x5b) {
      if (++depth > maxDepth) return false;
    } else if (code === 0x7d || code === 0x5d) depth--;
  }
  return soundKeys(record) === colons;
}

function closingQuote(text: string, open: number): number {
  for (let at = text.indexOf('"', open + 1); at !== -1; at = text.indexOf('"', at + 1)) {
    let before = at - 1;
    while (text.charCodeAt(before) === 0x5c) before--;
    if ((at - before) % 2 === 1) return at;
  }
  return text.length;
}

/** How many keys stand in it; NaN where a number is one that doubles change, or text holds half of a surrogate pair. The depth is known to be small. */
function soundKeys(value: unknown): number {
  if (typeof value === 'string') return value.isWellFormed() ? 0 : Number.NaN;
  if (typeof value === 'number') return Math.abs(value) < 2 ** 53 ? 0 : Number.NaN;
  if (typeof value !== 'object' || value === null) return 0;
  let keys = 0;
  if (Array.isArray(value)) {
    for (const item of value) keys += soundKeys(item);
    return keys;
  }
  for (const key in value) {
    keys += key.isWellFormed() ? 1 + soundKeys((value as Record<string, unknown>)[key]) : Number.NaN;
  }
  return keys;
}
