import 'server-only';

const unseen = /[\p{Cc}\u2028\u2029\u200e\u200f\u202a-\u202e\u2066-\u2069]/gu;

/** A `content-disposition` that every browser and every header check takes, whatever the name (RFC 6266, 8187). */
export function attachment(name: string): string {
  const clean = name.toWellFormed().replace(unseen, '').replace(/[/\\]/g, '_').trim() || 'download';
  const plain = clean.replace(/[^ -~]/gu, '_').replace(/["%]/g, '_');
  if (plain === clean) return `attachment; filename="${plain}"`;
  return `attachment; filename="${plain}"; filename*=UTF-8''${encoded(clean)}`;
}

function encoded(text: string): string {
  return encodeURIComponent(text).replace(
    /['()*]/g,
    (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`,
  );
}
