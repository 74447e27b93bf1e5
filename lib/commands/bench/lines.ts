import { createWriteStream } from 'node:fs';
import { finished } from 'node:stream/promises';

const text = 'A “quoted” \\"answer\\" about 日本 🙂 and more, as long as it takes. ';

/** Writes a file of lines without holding it, and answers its path. */
export async function writeLines(file: string, count: number, line: (n: number) => object): Promise<string> {
  const out = createWriteStream(file);
  let piece = '';
  for (let n = 1; n <= count; n++) {
    piece += `${JSON.stringify(line(n))}\n`;
    if (piece.length < 1 << 20 && n < count) continue;
    if (!out.write(piece)) await new Promise((resolve) => out.once('drain', resolve));
    piece = '';
  }
  out.end();
  await finished(out);
  return file;
}

export function writeRequests(
  file: string,
  count: number,
  lineBytes: number,
  model = 'any/model',
): Promise<string> {
  const content = filler(lineBytes - 120);
  return writeLines(file, count, (n) => ({
    custom_id: `row-${n}`,
    params: { model, max_tokens: 64, messages: [{ role: 'user', content }] },
  }));
}

/** As a provider gives them: each about two kilobytes, and one in the middle that holds a word no other has. */
export const needle = 'zanzibar-4711';

export function writeResults(file: string, count: number): Promise<string> {
  const body = filler(1_700);
  return writeLines(file, count, (n) => ({
    custom_id: `row-${n}`,
    response: {
      status_code: 200,
      body: {
        model: 'any/model',
        choices: [
          {
            message: { role: 'assistant', content: n === count >> 1 ? `${needle} ${body}` : body },
            finish_reason: 'stop',
          },
        ],
        usage: { prompt_tokens: 100, completion_tokens: 400, total_tokens: 500 },
      },
    },
    error: null,
  }));
}

function filler(bytes: number): string {
  const each = Buffer.byteLength(JSON.stringify(text)) - 2;
  return text.repeat(Math.max(1, Math.round(bytes / each)));
}
