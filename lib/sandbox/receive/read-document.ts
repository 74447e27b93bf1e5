import 'server-only';
import { DocumentError, NoArrayError, type RequestStream, splitRequests } from '#lib/jsonl/split-array';
import { Refused } from '#lib/sandbox/answer';
import type { Contents } from '#lib/sandbox/batch';
import { modelNamed } from '#lib/sandbox/models/model';
import { fateOf } from './check-params.ts';
import { checkRequest, type InlineDialect } from './check-request.ts';
import { createLedger } from './ledger.ts';
import { openLineFile } from './line-file.ts';

/** Plain data, so that it can come from another thread. */
export type ReadDocument =
  | { kind: 'requests'; contents: Contents; members: Record<string, unknown> }
  /** A document without `requests`: an OpenAI create at the address of the inline one. */
  | { kind: 'members'; members: Record<string, unknown>; message: string }
  | { kind: 'refused'; message: string; status: number; param: string | null };

export type DocumentJob = { kind: 'document'; dialect: InlineDialect; folder: string };

/** Reads `{"requests":[…]}` of any size as it arrives and keeps it in the folder, whole lines and what becomes of them. */
export async function readDocument(
  { dialect, folder }: DocumentJob,
  body: AsyncIterable<Uint8Array>,
): Promise<ReadDocument> {
  const requests = splitRequests(body);
  try {
    const contents = await keep(dialect, folder, requests);
    return { kind: 'requests', contents, members: Object.fromEntries(requests.members) };
  } catch (error) {
    if (error instanceof NoArrayError) {
      return { kind: 'members', members: Object.fromEntries(requests.members), message: error.message };
    }
    const refused = error instanceof DocumentError ? new Refused(error.message) : error;
    if (!(refused instanceof Refused)) throw error;
    const { message, status, param } = refused;
    return { kind: 'refused', message, status, param };
  }
}

async function keep(dialect: InlineDialect, folder: string, requests: RequestStream): Promise<Contents> {
  const ids = new Set<string>();
  const ledger = createLedger();
  const file = openLineFile(folder);
  try {
    for await (const bytes of requests) {
      const position = ids.size;
      const request = checkRequest(dialect, bytes, position, ids);
      const model = modelNamed(request.params.model);
      ledger.add(bytes, file.length, model, fateOf(dialect, request, position));
      file.write(bytes);
    }
    if (ids.size === 0) throw empty(dialect);
    file.sync();
    return ledger.write(folder, file.length);
  } finally {
    file.close();
  }
}

function empty(dialect: InlineDialect): Refused {
  return dialect === 'inline'
    ? new Refused('`requests` is empty: a batch needs at least one request.', { param: 'requests' })
    : new Refused('requests: List should have at least 1 item after validation, not 0');
}
