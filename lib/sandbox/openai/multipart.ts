import 'server-only';
import { Refused } from '#lib/sandbox/answer';

export type Part = { name: string; filename: string | null };

/** A form that arrives: for each piece of bytes, whose they are. No part is ever held whole. */
export async function* readMultipart(
  body: AsyncIterable<Uint8Array>,
  contentType: string | null,
): AsyncGenerator<{ part: Part; bytes: Uint8Array }> {
  const mark = Buffer.from(`\r\n--${boundaryOf(contentType)}`);
  // The first boundary has no line before it; with one it looks like the others.
  let rest = Buffer.from('\r\n');
  let part: Part | null = null;
  let where: 'before' | 'head' | 'part' | 'after' = 'before';

  for await (const chunk of body) {
    if (where === 'after') continue;
    rest = Buffer.concat([rest, chunk]);
    for (let going = true; going; ) {
      going = false;
      if (where === 'head') {
        if (rest.length >= 2 && rest.subarray(0, 2).equals(lastDashes)) where = 'after';
        const end = where === 'head' ? rest.indexOf('\r\n\r\n') : -1;
        if (end === -1 && rest.length > mostHead) throw malformed();
        if (end === -1) continue;
        part = partOf(rest.subarray(0, end).toString('utf8'));
        rest = rest.subarray(end + 4);
        where = 'part';
      }
      if (where === 'before' || where === 'part') {
        const at = rest.indexOf(mark);
        const ready = at === -1 ? rest.length - mark.length : at;
        if (part && ready > 0) yield { part, bytes: rest.subarray(0, ready) };
        if (ready > 0 || at !== -1) rest = rest.subarray(at === -1 ? Math.max(0, ready) : at + mark.length);
        if (at === -1) continue;
        // An empty part is a part too.
        if (part) yield { part, bytes: rest.subarray(0, 0) };
        where = 'head';
        going = true;
      }
    }
  }
  if (where !== 'after') throw malformed();
}

const lastDashes = Buffer.from('--');
const mostHead = 16 * 1024;

function boundaryOf(contentType: string | null): string {
  const found = /^multipart\/form-data\s*;.*?\bboundary=(?:"([^"]{1,200})"|([^\s;"]{1,200}))/i.exec(
    contentType ?? '',
  );
  const boundary = found?.[1] ?? found?.[2];
  if (!boundary) throw new Refused('Send the file as multipart/form-data.', { param: 'file' });
  return boundary;
}

function partOf(head: string): Part {
  const line = head.split('\r\n').find((one) => /^content-disposition:/i.test(one)) ?? '';
  const value = (name: string) => new RegExp(`[;\\s]${name}="((?:[^"\\\\]|\\\\.)*)"`, 'i').exec(line)?.[1];
  const bare = (name: string) => new RegExp(`[;\\s]${name}=([^\\s;"]+)`, 'i').exec(line)?.[1];
  const name = value('name') ?? bare('name');
  if (name === undefined) throw malformed();
  const filename = value('filename') ?? bare('filename') ?? null;
  return { name, filename: filename?.replace(/\\(.)/g, '$1') ?? null };
}

function malformed(): Refused {
  return new Refused('The form is not well-formed multipart/form-data.');
}
