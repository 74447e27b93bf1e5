import 'server-only';
import type { Kysely } from 'kysely';
import type { Context } from '#lib/context';
import { fp } from '#lib/failpoint';
import {
  type CreateInput,
  type Provider,
  type ProviderFetch,
  ProviderTrouble,
  type UploadAnswer,
} from '#lib/providers/provider';
import type { IntentRow } from '#lib/store/batches';
import { writeHeld } from '#lib/store/claims';
import type { Schema } from '#lib/store/schema';
import { type PartJob, type Step, takeStep } from './part-job.ts';
import type { Reached } from './reach-provider.ts';
import { refuseKey } from './refuse-key.ts';
import { refused, waitAndSendAgain } from './settle-create.ts';
import { heeding, nextWait } from './waits.ts';
import { deadlines, within } from './within.ts';

/**
 * Brings the lines to a provider that takes files, and answers the file's id; null where none is needed. It may be
 * done over: a file makes no batch. Undefined when the part has taken another step instead.
 */
export async function uploadLines(
  ctx: Context,
  job: PartJob,
  intent: IntentRow,
  reached: Reached,
  input: CreateInput,
): Promise<string | null | undefined> {
  const { provider, fetch, answered } = reached;
  if (provider.upload === null) return null;
  fp('upload-sent');
  const answer = await upload(provider.upload, fetch, input);
  fp('upload-answered');
  if (answer.kind !== 'trouble' && answer.kind !== 'credential_rejected') await answered();
  switch (answer.kind) {
    case 'uploaded':
      await record(ctx, job, intent, answer.fileId);
      fp('upload-recorded');
      return answer.fileId;
    case 'processing':
      await record(ctx, job, intent, answer.fileId);
      await takeStep(ctx, job, stillProcessing(ctx, job, answer));
      return undefined;
    case 'refused':
      await takeStep(ctx, job, refused(ctx, intent.id, answer));
      return undefined;
    case 'credential_rejected':
      await refuseKey(ctx, job, answer.message, { unsent: true });
      return undefined;
    case 'trouble':
      await takeStep(ctx, job, waitAndSendAgain(ctx, job, answer));
      return undefined;
  }
}

function stillProcessing(ctx: Context, job: PartJob, answer: { retryAfterMs: number | null }): Step {
  const wait = nextWait(ctx, job.part.wait_ms);
  return {
    part: { wait_ms: wait, failures: 0, attention: null },
    inMs: heeding(wait, answer.retryAfterMs),
  };
}

type Upload = NonNullable<Provider['upload']>;

async function upload(upload: Upload, fetch: ProviderFetch, input: CreateInput): Promise<UploadAnswer> {
  try {
    return await within(deadlines.createMs, fetch, ({ fetch: bounded, watched }) =>
      upload(bounded, { ...input, lines: () => watched(input.lines()) }),
    );
  } catch (error) {
    if (error instanceof ProviderTrouble)
      return { kind: 'trouble', message: error.message, retryAfterMs: null };
    throw error;
  }
}

/** Known before the create goes out, so that a lost one can be told by its file. */
async function record(ctx: Context, job: PartJob, intent: IntentRow, fileId: string): Promise<void> {
  if (intent.input_file_id === fileId && job.part.input_file_id === fileId) return;
  await ctx.db.transaction().execute(async (trx: Kysely<Schema>) => {
    await writeHeld(trx, job.claim, { input_file_id: fileId });
    await trx
      .updateTable('intents')
      .set({ input_file_id: fileId })
      .where('id', '=', intent.id)
      .where('state', '=', 'intent')
      .execute();
  });
}
