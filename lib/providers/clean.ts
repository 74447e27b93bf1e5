import 'server-only';

const keyLike = /\b(?:sk-|bd_|Bearer\s+)[\w.~+/=-]{6,}/gi;

/** A stranger's words made fit for one line of a screen, a log or the store. */
export function clean(text: string, max: number): string {
  return plain(text.slice(0, max * 8))
    .replace(/\s+/g, ' ')
    .trim()
    .slice(0, max)
    .toWellFormed();
}

/** The same for a whole body: line breaks stay. */
export function cleanBody(text: string, max: number): string {
  return plain(text.slice(0, max)).toWellFormed();
}

function plain(text: string): string {
  return text
    .replace(/(?![\n\t])\p{Cc}/gu, ' ')
    .replace(/[\u202a-\u202e\u2066-\u2069]/g, '')
    .replace(keyLike, '[hidden]');
}
