import 'server-only';
import { Refusal } from '#lib/errors';
import { fp } from '#lib/failpoint';
import { sniff, sniffedBytes } from '#lib/jsonl/sniff';
import { blockBytes, type Judge } from './judge.ts';

type Limits = { maxBytes: number; announced: number | null };

/** Hands bytes through in blocks and has each judged once it was taken, and throws when they are not a file we take. */
export async function* inspect(
  source: AsyncIterable<Uint8Array>,
  judge: Judge,
  { maxBytes, announced }: Limits,
): AsyncGenerator<Uint8Array> {
  const sniffer = createSniffer();
  let received = 0;
  for await (const block of blocksOf(counted(source), judge.block)) {
    yield block;
    await judge.push(block);
    fp('body-bytes');
  }
  sniffer.end();
  if (announced !== null && received !== announced) throw wrongLength(announced, received);

  async function* counted(chunks: AsyncIterable<Uint8Array>) {
    for await (const chunk of arriving(chunks)) {
      received += chunk.length;
      if (received > maxBytes) throw tooLarge(maxBytes);
      if (announced !== null && received > announced) throw wrongLength(announced, null);
      sniffer.push(chunk);
      yield chunk;
    }
  }
}

/** Each block has a buffer of its own, to be given away. */
async function* blocksOf(
  source: AsyncIterable<Uint8Array>,
  newBlock: Judge['block'],
): AsyncGenerator<Uint8Array<ArrayBuffer>> {
  let block = newBlock();
  let filled = 0;
  for await (const chunk of source) {
    for (let at = 0; at < chunk.length; ) {
      const part = chunk.subarray(at, at + blockBytes - filled);
      block.set(part, filled);
      filled += part.length;
      at += part.length;
      if (filled < blockBytes) continue;
      yield block;
      block = newBlock();
      filled = 0;
    }
  }
  if (filled > 0) yield block.subarray(0, filled);
}

export function tooLarge(maxBytes: number): Refusal {
  return new Refusal('too_large', `The file is larger than ${maxBytes} bytes, the most this server takes.`);
}

function wrongLength(announced: number, received: number | null): Refusal {
  const came = received === null ? 'more came' : `${received} came`;
  return new Refusal(
    'invalid',
    `${announced} bytes were announced and ${came}. Nothing was kept; send it again.`,
  );
}

/** A client that goes away is told apart from our own trouble. */
async function* arriving(source: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  try {
    yield* source;
  } catch (error) {
    if (error instanceof Refusal) throw error;
    throw new Refusal('invalid', 'The upload broke off. Nothing was kept; send it again.');
  }
}

/** Judges the first bytes as soon as enough have come, however small the chunks. */
function createSniffer() {
  const head = new Uint8Array(sniffedBytes);
  let filled = 0;
  let judged = false;
  const judge = () => {
    judged = true;
    const refused = sniff(head.subarray(0, filled));
    if (refused) throw new Refusal(refused.what === 'empty' ? 'invalid' : 'unsupported', refused.message);
  };
  return {
    push(chunk: Uint8Array) {
      if (judged) return;
      const part = chunk.subarray(0, sniffedBytes - filled);
      head.set(part, filled);
      filled += part.length;
      if (filled === sniffedBytes) judge();
    },
    end() {
      if (!judged) judge();
    },
  };
}
