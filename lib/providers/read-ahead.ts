import 'server-only';

export type ReadAhead = {
  head: Uint8Array;
  /** Whether the whole body is in `head`. */
  whole: boolean;
  /** What was read and then the rest. */
  bytes(): AsyncIterable<Uint8Array>;
  letGo(): void;
};

/** Reads until `push` has seen enough or `most` bytes are here, and gives it all again from the start. */
export async function readAhead(
  body: ReadableStream<Uint8Array>,
  most: number,
  push: (chunk: Uint8Array) => boolean,
): Promise<ReadAhead> {
  const reader = body.getReader();
  const read: Uint8Array[] = [];
  let length = 0;
  let whole = false;
  for (let enough = false; !enough && length < most; ) {
    const { value, done } = await reader.read();
    whole = done;
    if (done) break;
    enough = push(value);
    read.push(value);
    length += value.length;
  }
  return {
    head: Buffer.concat(read),
    whole,
    bytes: () => replay(read, reader),
    letGo: () => void reader.cancel().catch(() => undefined),
  };
}

async function* replay(
  read: Uint8Array[],
  reader: ReadableStreamDefaultReader<Uint8Array>,
): AsyncIterable<Uint8Array> {
  try {
    while (read.length > 0) {
      const chunk = read.shift();
      if (chunk) yield chunk;
    }
    for (;;) {
      const { value, done } = await reader.read();
      if (done) return;
      yield value;
    }
  } finally {
    await reader.cancel().catch(() => undefined);
  }
}
