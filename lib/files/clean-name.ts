import 'server-only';

/** A name is data: shown and given back, never a path. Only what cannot be seen is taken out. */
export function cleanName(name: string): string {
  const visible = name
    .toWellFormed()
    .replace(/[\p{Cc}\u2028\u2029\u200e\u200f\u202a-\u202e\u2066-\u2069]/gu, '')
    .trim();
  return [...visible].slice(0, 300).join('') || 'untitled.jsonl';
}
