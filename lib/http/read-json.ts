import 'server-only';
import { Refusal } from '#lib/errors';

const usualBytes = 1024 ** 2;

export async function readJson(request: Request, most = usualBytes): Promise<unknown> {
  const type = request.headers.get('content-type')?.split(';')[0]?.trim().toLowerCase();
  if (type !== 'application/json') {
    throw new Refusal('unsupported', 'Send the body as application/json.');
  }
  if (request.headers.has('content-encoding')) {
    throw new Refusal('unsupported', 'Send the body without a content encoding.');
  }
  const bytes = await readAtMost(request, most);
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  } catch {
    throw new Refusal('invalid', 'The body is not valid JSON.');
  }
}

async function readAtMost(request: Request, most: number): Promise<Uint8Array> {
  const tooLarge = new Refusal('too_large', `The body may have at most ${most / 1024} KiB.`);
  if (Number(request.headers.get('content-length') ?? 0) > most) throw tooLarge;
  const chunks: Uint8Array[] = [];
  let length = 0;
  for await (const chunk of request.body ?? []) {
    length += chunk.byteLength;
    if (length > most) throw tooLarge;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}
