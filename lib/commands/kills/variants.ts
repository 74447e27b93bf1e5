import type { Edit } from '#lib/commands/broken';
import type { Options } from './kill-at.ts';

/** A product with one promise taken out of it, and where a kill shows that it is missing. Nobody kills it, and it is clean. */
export type Variant = { name: string; edits: Edit[]; shown: Shown[] };
/** `says` is among what the judge finds wrong. `shared` wants Postgres and S3. */
export type Shown = { at: string; says: string; shared?: boolean } & Pick<
  Options,
  'cut' | 'rested' | 'big' | 'way' | 'retries'
>;

const again = '2 creates were accepted, 0 by a person';
const notSent = 'a listed file is not what was sent';
const notWritten = 'the output is not what the provider wrote';
const orphan = 'blob files/fil_# was left over';

export const variants: Variant[] = [
  {
    name: 'what a killed upload was writing is never cleared',
    edits: [{ file: 'lib/blobs/fs.ts', from: 'if (left || touched', to: 'if (touched' }],
    shown: ['body-bytes:1', 'temp-written:2', 'temp-synced:2'].map((at) => ({
      at,
      says: 'blobs/arriving/#-# was left over',
    })),
  },
  {
    name: 'blobs of files are never swept',
    edits: [
      { file: 'lib/files/sweep-blobs.ts', from: "['files/', filesAmong]", to: "['none/', filesAmong]" },
    ],
    shown: [
      ...['renamed:2', 'folder-synced:2', 'body-kept:1', 'row:1'].map((at) => ({ at, says: orphan })),
      { at: 'object-put:2', says: orphan, shared: true },
    ],
  },
  {
    name: 'blobs of results are never swept',
    edits: [
      { file: 'lib/files/sweep-blobs.ts', from: "['results/', resultsAmong]", to: "['none/', resultsAmong]" },
    ],
    shown: ['index-kept:1', 'pointer-flip:1'].map((at) => ({
      at,
      says: 'blob results/bat_#/index-v#-#-#-#.sqlite was left over',
    })),
  },
  {
    name: 'a draft of an index is never cleared',
    edits: [
      {
        file: 'lib/open-deps.ts',
        from: 'await clearDrafts(env.BATCHDECK_DATA_DIR, ',
        to: 'void (',
      },
    ],
    shown: ['index-chunk:1', 'index-built:1'].flatMap((at) =>
      [false, true].map((shared) => ({ at, shared, says: 'tmp/#.sqlite was left over' })),
    ),
  },
  {
    name: 'the bytes of a blob are not synced',
    edits: [{ file: 'lib/blobs/fs.ts', from: 'await file.sync();', to: '' }],
    shown: [
      { at: 'row-kept:1', cut: true, rested: true, says: notSent },
      { at: 'pointer-flipped:1', cut: true, rested: true, says: notWritten },
    ],
  },
  {
    name: 'a blob has its name before its bytes are synced',
    edits: [
      {
        file: 'lib/blobs/fs.ts',
        from: "    fp('temp-written');\n    await file.sync();\n    fp('temp-synced');\n",
        to: '',
      },
      {
        file: 'lib/blobs/fs.ts',
        from: "  fp('folder-synced');\n",
        to: "  fp('temp-written');\n  const late = await open(place, 'r+');\n  await late.sync();\n  await late.close();\n  fp('temp-synced');\n",
      },
    ],
    shown: [{ at: 'temp-written:1', cut: true, says: 'belong to another store' }],
  },
  {
    name: 'the folder of a blob is not synced',
    edits: [{ file: 'lib/blobs/fs.ts', from: '  await syncFolder(folder);\n', to: '' }],
    shown: [{ at: 'row-kept:1', cut: true, says: notSent }],
  },
  {
    name: 'the folders above a new folder are not synced',
    edits: [{ file: 'lib/blobs/fs.ts', from: '    await syncFolder(parent);\n', to: '' }],
    shown: [{ at: 'pointer-flipped:1', cut: true, says: notWritten }],
  },
  {
    name: 'a commit does not wait for the disk',
    edits: [
      { file: 'lib/store/engine.ts', from: 'pragma synchronous = full', to: 'pragma synchronous = normal' },
    ],
    shown: [
      ...['batch-kept:1', 'create-answered:1', 'create-recorded:1'].map((at) => ({
        at,
        cut: true,
        rested: true,
        says: 'an acknowledged file is not listed',
      })),
    ],
  },
  {
    name: 'a key is taken outside the transaction that makes its batch',
    edits: [
      {
        file: 'lib/replays/once.ts',
        from: '  const write = await prepare();\n  try {',
        to: "  await ctx.db.insertInto('replays').values({ ...seal, answer: 'null', created_at: 0 }).execute();\n  const write = await prepare();\n  try {",
      },
      {
        file: 'lib/replays/once.ts',
        from: "        .insertInto('replays')",
        to: "        .replaceInto('replays')",
      },
    ],
    shown: [{ at: 'batch-row:1', says: 'what was acknowledged never reached the provider' }],
  },
  {
    name: 'an order with a key is not remembered',
    edits: [{ file: 'lib/replays/once.ts', from: 'if (key === null) {', to: 'if (key !== undefined) {' }],
    shown: [
      { at: 'batch-kept:1', says: again },
      { at: 'retry-kept:1', retries: true, says: '3 creates were accepted' },
    ],
  },
  {
    name: 'the call is made before its intent is kept',
    edits: [
      {
        file: 'lib/batches/submit-part.ts',
        from: '  const intent = await standingIntent(ctx, job);\n  const input = inputOf(ctx, job, intent, blobKey);\n',
        to: "  const input = inputOf(ctx, job, { nonce: newId('req') } as IntentRow, blobKey);\n  const sent = await createOnce(job, reached, { ...input, inputFileId: null });\n  const intent = await standingIntent(ctx, job);\n",
      },
      {
        file: 'lib/batches/submit-part.ts',
        from: 'const answer = await createOnce(job, reached, { ...input, inputFileId });',
        to: 'const answer = sent;',
      },
    ],
    shown: [
      { at: 'intent-row:1', says: again },
      { at: 'intent-kept:1', says: again },
    ],
  },
  {
    name: 'an intent that was never sent counts as sent',
    edits: [{ file: 'lib/batches/settle-submission.ts', from: "intent.state === 'intent' || ", to: '' }],
    shown: [{ at: 'intent-kept:1', says: 'a person was asked where nothing was in doubt' }],
  },
  {
    name: 'what looking does not find is sent again by itself',
    edits: [
      {
        file: 'lib/batches/settle-submission.ts',
        from: 'if (looks >= maxLooks || ambiguous) return askAPerson(ctx, job, intent, seen);',
        to: "if (looks >= maxLooks || ambiguous) return { part: { phase: 'queued', attention: null }, intent: { id: intent.id, change: { state: 'abandoned' } }, inMs: 0 };",
      },
    ],
    shown: [{ at: 'create-sent:1', says: 'what may have left was sent again at nobody’s word' }],
  },
  {
    name: 'the intent is not marked as sent before the call',
    edits: [
      {
        file: 'lib/batches/submit-part.ts',
        from: '!(await markSent(ctx, job, intent.id))',
        to: 'intent === null',
      },
    ],
    shown: [
      { at: 'create-sent:1', says: 'what may have left was sent again at nobody’s word' },
      { at: 'create-answered:1', says: again },
    ],
  },
  {
    name: 'an upload counts as a create that was sent',
    edits: [
      {
        file: 'lib/batches/submit-part.ts',
        from: '  const inputFileId = await uploadLines(',
        to: '  await markSent(ctx, job, intent.id);\n  const inputFileId = await uploadLines(',
      },
      {
        file: 'lib/batches/submit-part.ts',
        from: "  if (!(await markSent(ctx, job, intent.id))) return endUnsent(ctx, job);\n  fp('create-sent');",
        to: "  fp('create-sent');",
      },
    ],
    shown: ['upload-sent:1', 'upload-answered:1', 'upload-recorded:1'].map((at) => ({
      at,
      way: 'openai',
      says: 'a person was asked where nothing was in doubt',
    })),
  },
  {
    name: 'a lost create call is sent again blindly',
    edits: [
      {
        file: 'lib/batches/settle-submission.ts',
        from: "if (!intent || intent.state === 'intent'",
        to: "if (!intent || intent.state === 'sent' || intent.state === 'intent'",
      },
    ],
    shown: [{ at: 'create-answered:1', says: again }],
  },
  {
    name: 'a part counts as collecting before its results are kept',
    edits: [
      {
        file: 'lib/batches/poll-part.ts',
        from: "  fp('poll');\n",
        to: "  await ctx.db.updateTable('parts').set({ phase: 'collecting', ends_as: 'completed' }).where('id', '=', job.part.id).execute();\n  fp('poll');\n",
      },
    ],
    shown: [
      ...['poll:1', 'result-bytes:1', 'result-kept:1'].map((at) => ({ at, says: notWritten })),
      { at: 'object-ready:3', says: notWritten, shared: true },
    ],
  },
  {
    name: 'the key of the results holds no fence',
    edits: [{ file: 'lib/batches/download.ts', from: 'job.claim.fence', to: '0' }],
    shown: [{ at: 'result-kept:1', says: 'the batch is' }],
  },
  {
    name: 'a part is over before its index stands',
    edits: [
      {
        file: 'lib/batches/finish-part.ts',
        from: '{ tries: job.part.tries + 1 }',
        to: "{ tries: job.part.tries + 1, phase: 'completed' }",
      },
    ],
    shown: ['index-chunk:1', 'index-built:1', 'index-kept:1', 'pointer-flip:1'].map((at) => ({
      at,
      says: 'the batch stayed collecting',
    })),
  },
  {
    name: 'an upload in parts is never given up',
    edits: [{ file: 'lib/blobs/s3.ts', from: '> Date.now() - day) continue;', to: '> 0) continue;' }],
    shown: [{ at: 'part-sent:1', big: true, shared: true, says: 'was never given up' }],
  },
];
