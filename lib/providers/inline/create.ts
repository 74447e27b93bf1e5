import 'server-only';
import type { Capabilities } from '#lib/model/capabilities';
import { createSpliced } from '#lib/providers/create-spliced';
import type { CreateAnswer, CreateInput, ProviderFetch } from '#lib/providers/provider';
import { reportFrom } from './mapper.ts';

/** `POST /batches` with every line in it. The nonce goes only to a provider that can give it back. */
export function create(fetch: ProviderFetch, input: CreateInput, can: Capabilities): Promise<CreateAnswer> {
  return createSpliced(fetch, input, {
    path: '/batches',
    members: can.findsBy === 'nonce' ? { metadata: { batchdeck_intent: input.nonce } } : {},
    reportFrom: (body) => reportFrom(body, can.countsAre),
    unavailableIsUnsent: can.unavailableIsUnsent,
  });
}
