import 'server-only';

export type RequestHead = { customId: string; model: string | null; start: number; length: number };

const decoder = new TextDecoder();

/** The name and model of one request line, and where its JSON stands in it. Null for blank lines. */
export function requestOf(bytes: Uint8Array): RequestHead | null {
  const start = bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf ? 3 : 0;
  const end = bytes[bytes.length - 1] === 0x0d ? bytes.length - 1 : bytes.length;
  const text = decoder.decode(bytes.subarray(start, end));
  if (text.trim() === '') return null;
  const line = JSON.parse(text) as { custom_id: string; params?: Modelled; body?: Modelled };
  const model = (line.params ?? line.body)?.model;
  return {
    customId: line.custom_id,
    model: typeof model === 'string' ? model : null,
    start,
    length: end - start,
  };
}

type Modelled = { model?: unknown };
