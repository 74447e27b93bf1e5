import 'server-only';

const keyLike = /\b(?:sk-|bd_|Bearer\s+)[\w.~+/=-]{6,}/gi;

/** A stranger's words made fit for one line of a screen, a log or the store. */
export function clean(text: string, max: number): string {
  for (const most of [max + cutKey, max * 2]) {
    const beginning = oneLine(text.slice(0, most));
    if (beginning.length >= max + cutKey || text.length <= most) return fitting(beginning, max);
  }
  return fitting(oneLine(text.slice(0, max * 8)), max);
}

/** So much of a key at the end of a slice may be too short to be seen as one. */
const cutKey = 16;

function fitting(text: string, max: number): string {
  return text.slice(0, max).toWellFormed();
}

function oneLine(text: string): string {
  if (isPlain(text)) return text.trim();
  return plain(text)
    .replace(/\s{2,}|[^\S ]/g, ' ')
    .trim();
}

/** Whether there is nothing to replace, as in most texts: told by what is quick to look for. */
function isPlain(text: string): boolean {
  if (/[\p{Cc}\u202a-\u202e\u2066-\u2069[\s--\u0020]]/v.test(text) || text.includes('  ')) return false;
  return !((text.includes('-') || text.includes('_')) && /sk-|bd_/i.test(text)) && !/bearer/i.test(text);
}

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
