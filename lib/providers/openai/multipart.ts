import 'server-only';
import { randomBytes } from 'node:crypto';

type Form = {
  headers: { 'content-type': string; 'content-length': string };
  body: AsyncIterable<Uint8Array>;
};

const newline = Buffer.from('\n');

/** A form with one file made of lines, read twice and never held. What comes before the file is read first by some servers. */
export async function multipart(
  fields: Record<string, string>,
  file: { name: string; lines: () => AsyncIterable<Uint8Array> },
): Promise<Form> {
  const boundary = `batchdeck-${randomBytes(16).toString('hex')}`;
  const part = (disposition: string) => `--${boundary}\r\nContent-Disposition: form-data; ${disposition}\r\n`;
  const pairs = Object.entries(fields).map(([name, value]) => `${part(`name="${name}"`)}\r\n${value}\r\n`);
  const opening = `${part(`name="file"; filename="${file.name}"`)}Content-Type: application/octet-stream\r\n\r\n`;
  const head = Buffer.from(pairs.join('') + opening);
  const tail = Buffer.from(`\r\n--${boundary}--\r\n`);
  let length = head.length + tail.length;
  for await (const line of file.lines()) length += line.length + newline.length;
  async function* body(): AsyncGenerator<Uint8Array> {
    yield head;
    for await (const line of file.lines()) {
      yield line;
      yield newline;
    }
    yield tail;
  }
  return {
    headers: {
      'content-type': `multipart/form-data; boundary=${boundary}`,
      'content-length': String(length),
    },
    body: body(),
  };
}
