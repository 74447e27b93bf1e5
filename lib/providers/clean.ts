import 'server-only';

const keyLike = /\b(?:sk-|bd_|Bearer\s+)[\w.~+/=-]{6,}/gi;

/** A stranger's words made fit for one line of a screen, a log or the store. */
export function clean(text: string, max: number): string {
  const beginning = oneLine(text.slice(0, max * 2));
  const enough = beginning.length >= max + cutKey || text.length <= max * 2;
  return (enough ? beginning : oneLine(text.slice(0, max * 8))).slice(0, max).toWellFormed();
}

/** So much of a key at the end of a slice may be too short to be seen as one. */
const cutKey = 16;

function oneLine(text: string): string {
  if (!suspicious.test(text)) return text.trim();
  return plain(text)
    .replace(/\s{2,}|[^\S ]/g, ' ')
    .trim();
}

/** Whatever the replacements look for: most texts have none of it, and are looked through once. */
const suspicious = /[\p{Cc}\u202a-\u202e\u2066-\u2069]|[^\S ]|\s\s|sk-|bd_|bearer/iv;

/** The same for a whole body: line breaks stay. */
export function cleanBody(text: string, max: number): string {
  return plain(text.slice(0, max)).toWellFormed();
}

function plain(text: string): string {
  return text
    .replace(/[\p{Cc}--[\n\t]]/gv, ' ')
    .replace(/[\u202a-\u202e\u2066-\u2069]/g, '')
    .replace(keyLike, '[hidden]');
}
