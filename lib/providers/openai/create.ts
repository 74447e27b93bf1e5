import 'server-only';
import type { Capabilities } from '#lib/model/capabilities';
import { createCall } from '#lib/providers/create-call';
import type { CreateAnswer, CreateInput, ProviderFetch } from '#lib/providers/provider';
import { reportFrom } from './mapper.ts';

const mostPairs = 16;

/** `POST /batches` for a file that is there. */
export async function create(
  fetch: ProviderFetch,
  input: CreateInput,
  can: Capabilities,
): Promise<CreateAnswer> {
  if (input.inputFileId === null) return { kind: 'not_sent', message: 'The file was not uploaded yet.' };
  return createCall(fetch, {
    path: '/batches',
    body: JSON.stringify({
      input_file_id: input.inputFileId,
      endpoint: input.endpoint ?? can.endpoints?.[0],
      completion_window: input.completionWindow ?? can.windows[0],
      metadata: metadataOf(input, can),
    }),
    reportFrom: (body) => reportFrom(body, can),
    unavailableIsUnsent: can.unavailableIsUnsent,
  });
}

/** Where a person's pairs leave no room for the nonce, the uploaded file tells the batch. */
function metadataOf(input: CreateInput, can: Capabilities): Record<string, string> | undefined {
  const own = can.takesMetadata ? input.metadata : {};
  const room = can.findsBy === 'nonce' && Object.keys(own).length < mostPairs;
  const pairs = room ? { ...own, batchdeck_intent: input.nonce } : own;
  return Object.keys(pairs).length > 0 ? pairs : undefined;
}
