import type { Promised } from './promises.ts';

const replicas = 'lib/poller/replicas.test.ts';
const meanwhile = 'lib/batches/meanwhile.test.ts';
const released = 'lib/store/released.test.ts';
const s3 = 'lib/blobs/s3.test.ts';

/** What holds however many processes work on one store, and whatever ends them. */
export const ofManyProcesses: Promised[] = [
  {
    promise: 'A batch whose collecting ends the process is set aside after three tries, and the others go on',
    broken: [
      {
        name: 'tries it again for ever',
        edits: [
          { file: 'lib/batches/finish-part.ts', from: 'const maxTries = 3;', to: 'const maxTries = 99;' },
        ],
        test: ['lib/poller/poison.test.ts', 'is set aside after three tries, and the others go on'],
      },
    ],
  },
  {
    promise:
      'Told to stop, a process ends what it does and lets go of its leases; killed, it is replaced within 10 s',
    broken: [
      {
        name: 'leaves at once',
        edits: [{ file: 'lib/poller/main.ts', from: '  await here.stopWork?.();\n', to: '' }],
        test: [replicas, 'a worker that is told to stop ends what it does'],
        engine: 'postgres',
      },
      {
        name: 'holds what it has for half a minute',
        edits: [{ file: 'lib/batches/hold-claim.ts', from: 'leaseMs: 7_500', to: 'leaseMs: 30_000' }],
        test: [replicas, 'what a killed worker held is taken up by the other within 10 s'],
        engine: 'postgres',
      },
    ],
  },
  {
    promise: 'A provider is asked no more often by several processes than by one',
    broken: [
      {
        name: 'takes parts before they are due',
        edits: [{ file: 'lib/store/claims.ts', from: "        .where('due_at', '<=', now)\n", to: '' }],
        test: ['lib/store/claims.test.ts', 'a part that is not due, held or over is left alone'],
      },
      {
        name: 'takes parts that another holds',
        edits: [{ file: 'lib/store/claims.ts', from: "        .where('lease_until', '<=', now)\n", to: '' }],
        test: ['lib/store/claims.test.ts', 'a due part goes to one holder'],
      },
      {
        name: 'asks the provider for whoever looks',
        edits: [
          {
            file: 'lib/batches/get-batch.ts',
            from: "  demand(ctx, 'read');\n",
            to: "  demand(ctx, 'read');\n  const look = { method: 'GET', path: '/v1/batches/batch_1', headers: new Headers(), body: null };\n  await ctx.sandbox?.fetch(look).catch(() => {});\n",
          },
        ],
        test: [
          'lib/batches/lifecycle.test.ts',
          'looking at a batch, however often, asks the provider nothing',
        ],
      },
    ],
  },
  {
    promise:
      'Deleting, cancelling and a new key while results arrive end in one state, with nothing left over',
    broken: [
      {
        name: 'deletes what is still being worked on',
        edits: [
          {
            file: 'lib/batches/delete-batch.ts',
            from: 'if (!isDeletable(batch)) throw',
            to: 'if (isDeletable(batch) === null) throw',
          },
          {
            file: 'lib/batches/delete-batch.ts',
            from: "eb('phase', 'in', overPhases),",
            to: "eb('phase', '!=', overPhases[1]),",
          },
        ],
        test: [meanwhile, 'a batch is not deleted while its results arrive'],
      },
      {
        name: 'goes on with the key it began with',
        edits: [
          {
            file: 'lib/connections/reach-connection.ts',
            from: 'return openCredentials(ctx, now);',
            to: 'return openCredentials(ctx, connection);',
          },
          {
            file: 'lib/connections/reach-connection.ts',
            from: 'async function opened(ctx: Context, { id, base_url }: ConnectionRow)',
            to: 'async function opened(ctx: Context, connection: ConnectionRow, { id, base_url } = connection)',
          },
        ],
        test: [meanwhile, 'a key that was replaced is used by no call after it'],
      },
      {
        name: 'counts what came before a cancellation as cancelled',
        edits: [
          {
            file: 'lib/batches/finish-part.ts',
            from: "if (end === 'completed' && part.cancel_sent_at !== null && counts.cancelled + counts.missing > 0)",
            to: 'if (part.cancel_asked_at !== null)',
          },
        ],
        test: [meanwhile, 'a batch that is cancelled while its results arrive keeps them all'],
      },
      {
        name: 'never sweeps results',
        edits: [
          {
            file: 'lib/files/sweep-blobs.ts',
            from: "['results/', resultsAmong]",
            to: "['none/', resultsAmong]",
          },
        ],
        test: [meanwhile, 'a batch is not deleted while its results arrive'],
      },
    ],
  },
  {
    promise: 'A database or a bucket that is away costs time and nothing else',
    broken: [
      {
        name: 'stops its clock when the store does not answer',
        edits: [
          {
            file: 'lib/poller/poller.ts',
            from: "        ctx.log.error('The clock could not look for due parts.', { error }),\n",
            to: "        ctx.log.error('The clock could not look for due parts.', { error, stop: (running = false) }),\n",
          },
        ],
        test: ['lib/poller/locked-store.test.ts', 'each batch is sent once and comes to its end'],
      },
      {
        name: 'writes a body again whose answer was lost',
        edits: [{ file: 'lib/blobs/s3.ts', from: 'maxAttempts: 1', to: 'maxAttempts: 3' }],
        test: [s3, 'a write whose answer was lost is asked for once, a read again'],
      },
      {
        name: 'leaves the parts of a failed upload lying',
        edits: [
          {
            file: 'lib/blobs/s3-put.ts',
            from: '    await again.send(new AbortMultipartUploadCommand(upload)).catch(() => {});\n',
            to: '',
          },
        ],
        test: [s3, 'a put in parts that fails is aborted at once'],
      },
    ],
  },
  {
    promise:
      'A store of any release is carried on by one process, step by step, and left alone by older programs',
    broken: [
      {
        name: 'has changed a step that was released',
        edits: [
          {
            file: 'lib/store/migrations/001-walk.ts',
            from: 'columns: { token_hash: text, created_at: int }',
            to: 'columns: { token_hash: text, created_at: int, seen_at: maybeInt }',
          },
        ],
        test: [released, 'make what that release made'],
      },
      {
        name: 'migrates without waiting for the others',
        edits: [
          {
            file: 'lib/store/migrate.ts',
            from: "      await oneAtATime(trx, 'migrate');\n",
            to: '      void oneAtATime;\n',
          },
        ],
        test: ['lib/store/migrate.test.ts', 'of several replicas that start at once one migrates'],
        engine: 'postgres',
      },
      {
        name: 'takes a step in pieces',
        edits: [
          {
            file: 'lib/store/migrate.ts',
            from: 'await step.up(trx as unknown as Kysely<unknown>);',
            to: 'await step.up(db as unknown as Kysely<unknown>);',
          },
        ],
        test: [released, 'leaves the step undone, and the next start does it'],
        engine: 'postgres',
      },
      {
        name: 'starts on a store that is newer than itself',
        edits: [{ file: 'lib/store/migrate.ts', from: '  if (newer) {', to: '  if (newer === null) {' }],
        test: [released, 'an old program on a newer store exits with the version in its words'],
      },
    ],
  },
];
