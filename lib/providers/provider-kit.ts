import 'server-only';
import { readFileSync } from 'node:fs';
import type { CreateInput, Lost, ProviderFetch } from './provider.ts';

export type Call = {
  path: string;
  method: string;
  bare: boolean;
  named: boolean;
  headers: Record<string, string>;
  body: string;
};

/** A provider that answers from a script and remembers what it was asked. */
export function scripted(answer: (call: Call) => Response | Promise<Response>): {
  fetch: ProviderFetch;
  calls: Call[];
} {
  const calls: Call[] = [];
  const fetch: ProviderFetch = async (path, init) => {
    const { method, bare = false, named = false, headers = {} } = init;
    const call = { path, method, bare, named, headers, body: await text(init.body) };
    calls.push(call);
    return answer(call);
  };
  return { fetch, calls };
}

/** Reads what a provider of this dialect was seen to answer. */
export function fixturesOf(dialect: string): (name: string) => string {
  return (name) => readFileSync(new URL(`./${dialect}/fixtures/${name}`, import.meta.url), 'utf8');
}

export function createInput(given: Partial<CreateInput> = {}): CreateInput {
  return {
    nonce: 'req_1',
    lines: () => oneLine(),
    requests: 1,
    endpoint: null,
    completionWindow: null,
    metadata: {},
    inputFileId: null,
    ...given,
  };
}

async function* oneLine(): AsyncGenerator<Uint8Array> {
  yield Buffer.from('{}');
}

export function lostCreate(nonce: string, given: Partial<Lost> = {}): Lost {
  return { nonce, inputFileId: null, sentAt: Date.now(), requests: 1, ...given };
}

export async function text(source: AsyncIterable<Uint8Array> | string | undefined): Promise<string> {
  if (typeof source === 'string' || !source) return source ?? '';
  const chunks: Uint8Array[] = [];
  for await (const chunk of source) chunks.push(chunk);
  return Buffer.concat(chunks).toString('utf8');
}

/** A body that arrives in pieces of `size` bytes. */
export function inPieces(body: string | Uint8Array, size: number): ReadableStream<Uint8Array> {
  const bytes = Buffer.from(body);
  let at = 0;
  return new ReadableStream({
    pull(controller) {
      if (at >= bytes.length) return controller.close();
      controller.enqueue(bytes.subarray(at, at + size));
      at += size;
    },
  });
}
