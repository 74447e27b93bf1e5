import type { Promised } from './promises.ts';

const lost = 'lib/batches/lost-answers.test.ts';
const once = 'lib/batches/create-once.test.ts';
const replicas = 'lib/poller/replicas.test.ts';

/** What holds so that an intent is one call, whatever becomes of it. */
export const ofOneCall: Promised[] = [
  {
    promise:
      'An answer that was lost is found by looking, in every dialect, and the call is never made again',
    broken: [
      {
        name: 'sends again what it did not hear of',
        edits: [
          {
            file: 'lib/batches/settle-submission.ts',
            from: "if (!intent || intent.state === 'intent'",
            to: "if (!intent || intent.state === 'sent' || intent.state === 'lost' || intent.state === 'intent'",
          },
        ],
        test: [lost, 'it is found by looking and made once'],
      },
      {
        name: 'takes the first that fits for its own',
        edits: [
          {
            file: 'lib/batches/which-is-ours.ts',
            from: 'if (!only || another) return null;\n  if (only.sure) return only;',
            to: 'if (!only || another === only) return null;\n  if (only) return only;',
          },
        ],
        test: [lost, 'a person is shown both'],
      },
    ],
  },
  {
    promise: 'One order is one batch and one call, however many send it and wherever',
    broken: [
      {
        name: 'does not look for an order with the same key',
        edits: [{ file: 'lib/replays/once.ts', from: 'if (key === null) {', to: 'if (key !== undefined) {' }],
        test: [once, 'fifty submits of one draft over three replicas are one batch'],
      },
      {
        name: 'takes any order with the same key for the same order',
        edits: [
          {
            file: 'lib/replays/once.ts',
            from: 'row.body_hash !== seal.body_hash',
            to: 'row.body_hash === null',
          },
        ],
        test: [once, 'the same key with another draft is a conflict on every replica'],
      },
    ],
  },
  {
    promise: 'Who stood still past the lease changes nothing, and sends nothing that a person has sent again',
    broken: [
      {
        name: 'calls although its lease has run out',
        edits: ['return', 'throw'].map((then) => ({
          file: 'lib/batches/submit-part.ts',
          from: `if (!job.isHeld()) ${then}`,
          to: `if (job.isHeld === null) ${then}`,
        })),
        test: [replicas, 'a worker that stands still before its call sends nothing when it wakes'],
        engine: 'postgres',
      },
      {
        name: 'lets late holders write',
        edits: [{ file: 'lib/store/claims.ts', from: "    .where('fence', '=', claim.fence)\n", to: '' }],
        test: [
          'lib/store/claims.test.ts',
          'a lease that ended passes on, and the late holder writes nothing',
        ],
      },
      {
        name: 'lets late holders publish their results',
        edits: [{ file: 'lib/store/claims.ts', from: "    .where('fence', '=', claim.fence)\n", to: '' }],
        test: [replicas, 'of two workers that collect the same results one is seen'],
        engine: 'postgres',
      },
    ],
  },
];
