import 'server-only';
import { createCall } from './create-call.ts';
import type { CreateAnswer, CreateInput, ProviderFetch } from './provider.ts';
import { unreachedWords } from './send.ts';
import { type Document, spliceRequests } from './splice-requests.ts';

type Call = Omit<Parameters<typeof createCall>[1], 'body' | 'brokeOff'> & {
  members?: Record<string, unknown>;
};

/** A create whose lines travel inside it. Lines that cannot even be read mean that nothing left. */
export async function createSpliced(
  fetch: ProviderFetch,
  input: CreateInput,
  { members, ...call }: Call,
): Promise<CreateAnswer> {
  let document: Document;
  try {
    document = await spliceRequests(input.lines, members);
  } catch (error) {
    return { kind: 'not_sent', message: unreachedWords(error) };
  }
  const { bytes: body, brokeOff } = document;
  return createCall(fetch, { ...call, headers: { ...call.headers, ...document.headers }, body, brokeOff });
}
