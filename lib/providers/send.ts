import 'server-only';
import { Unreached } from '#lib/outbound/outbound';
import { clean } from './clean.ts';
import { type ErrorWords, errorWords } from './error-body.ts';
import type { ProviderFetch } from './provider.ts';
import { readText } from './read-text.ts';

export type Sent = { response: Response } | { unreached: { sent: boolean; message: string } };

/** One request; a way there that is closed becomes data. */
export async function send(
  fetch: ProviderFetch,
  path: string,
  init: Parameters<ProviderFetch>[1],
): Promise<Sent> {
  try {
    const headers = { accept: 'application/json, application/x-ndjson', ...init.headers };
    return { response: await fetch(path, { ...init, headers }) };
  } catch (error) {
    return {
      unreached: { sent: !(error instanceof Unreached) || error.sent, message: unreachedWords(error) },
    };
  }
}

export async function wordsOf(response: Response): Promise<ErrorWords> {
  const body = await readText(response, 16_384).catch(() => '');
  return errorWords(response.status, body);
}

export function unreachedWords(error: unknown): string {
  return clean(error instanceof Error ? error.message : '', 300) || 'The provider could not be reached.';
}
