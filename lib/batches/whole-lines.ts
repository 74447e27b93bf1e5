import 'server-only';
import { fp } from '#lib/failpoint';
import { maxLineBytes } from '#lib/jsonl/split-lines';
import { ProviderTrouble } from '#lib/providers/provider';

const newline = 0x0a;

/**
 * Hands results on until they end or the claim is lost. Where a provider names no length, a connection that
 * breaks looks like an end: then the last line is no JSON, and what came is not all of it.
 */
export async function* wholeLines(
  source: AsyncIterable<Uint8Array>,
  signal: AbortSignal,
): AsyncGenerator<Uint8Array> {
  let tail: Uint8Array[] = [];
  let length = 0;
  for await (const chunk of source) {
    signal.throwIfAborted();
    const end = chunk.lastIndexOf(newline);
    if (end !== -1) {
      tail = [];
      length = 0;
    }
    length += chunk.length - end - 1;
    if (length <= maxLineBytes) tail.push(chunk.slice(end + 1));
    else tail = [];
    yield chunk;
    fp('result-bytes');
  }
  if (length <= maxLineBytes && !isWhole(Buffer.concat(tail).toString('utf8'))) {
    throw new ProviderTrouble('They end in the middle of a line.');
  }
}

function isWhole(line: string): boolean {
  if (line.trim() === '') return true;
  try {
    JSON.parse(line);
    return true;
  } catch {
    return false;
  }
}
