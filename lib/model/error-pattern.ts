const cut = 300;

/** From the most telling to the least: what one replaces, the next no longer sees. */
const parts: [RegExp, string][] = [
  [/\bhttps?:\/\/[^\s"'<>)\]]+/gi, '<url>'],
  [/\b\d{4}-\d\d-\d\d(?:[T ]\d\d:\d\d(?::\d\d(?:\.\d+)?)?(?:Z|[+-]\d\d:?\d\d)?)?/g, '<time>'],
  [/\b\d\d?:\d\d:\d\d(?:\.\d+)?\b/g, '<time>'],
  [
    /"[^"\n]{1,400}"|`[^`\n]{1,400}`|“[^”\n]{1,400}”|(?<![\p{L}\p{N}])'[^'\n]{1,400}'(?![\p{L}\p{N}])/gu,
    '"…"',
  ],
  [/\b[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}\b/gi, '<id>'],
  [/(?<![\p{L}\p{N}_-])(?=[\w-]*\d)(?=[\w-]*[a-z])[\w-]{5,}/giu, '<id>'],
  [/\d+(?:[.,]\d+)*/g, '<n>'],
  [/\s+/g, ' '],
];

/** An error's words without what differs from request to request, so that like errors read alike. */
export function errorPattern(message: string): string {
  const plain = parts.reduce((text, [part, name]) => text.replace(part, name), message).trim();
  return plain.length <= cut ? plain : `${plain.slice(0, cut).toWellFormed()}…`;
}
