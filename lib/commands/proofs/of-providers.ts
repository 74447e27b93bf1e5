import type { Promised } from './promises.ts';

const check = 'lib/connections/check-connection.test.ts';
const poll = 'lib/batches/poll.test.ts';
const collect = 'lib/batches/collect.test.ts';
const cut = 'lib/batches/cut-results.test.ts';

/** What holds whatever a provider answers. */
export const ofProviders: Promised[] = [
  {
    promise: 'A check tells one of a few classes, in our words, and nothing by its time',
    broken: [
      {
        name: 'answers as soon as it knows',
        edits: [
          {
            file: 'lib/connections/check-connection.ts',
            from: '  await pause(untilNextSecond(performance.now() - began));\n',
            to: '  await pause(0 * untilNextSecond(began));\n',
          },
        ],
        test: [check, 'closed, silent, insecure and unknown hosts differ in class and words'],
      },
      {
        name: 'repeats what a stranger’s page says',
        edits: [
          {
            file: 'lib/providers/check.ts',
            from: '  if (parsed(body) === undefined) return null;\n  const { message } = errorWords(status, body);\n',
            to: '  const message = body;\n',
          },
        ],
        test: [check, 'whatever answers is told in its class'],
      },
      {
        name: 'lets anybody check as often as they like',
        edits: [
          {
            file: 'lib/connections/check-pace.ts',
            from: 'const perMinute = 10;',
            to: 'const perMinute = 1e9;',
          },
        ],
        test: [check, 'an eleventh within a minute is refused on every replica'],
      },
      {
        name: 'keeps no record of checks',
        edits: [
          {
            file: 'lib/connections/check-connection.ts',
            from: "    await recordEvent(trx, ctx, { subject: row.id, verb: 'connection.checked', data });\n",
            to: '    void [recordEvent, data];\n',
          },
        ],
        test: [check, 'it is told to the audit'],
      },
    ],
  },
  {
    promise:
      'Trouble changes nothing but the next look, which heeds every form of Retry-After and is scattered',
    broken: [
      {
        name: 'does not heed what it is asked',
        edits: [
          {
            file: 'lib/batches/waits.ts',
            from: 'return Math.max(waitMs, Math.min(maxRetryAfterMs, retryAfterMs ?? 0));',
            to: 'return waitMs;',
          },
        ],
        test: [poll, 'trouble changes nothing but the next look'],
      },
      {
        name: 'waits as long as it is asked, for days',
        edits: [{ file: 'lib/providers/retry-after.ts', from: 'Math.min(wait, longest)', to: 'wait' }],
        test: ['lib/providers/ask-batch.test.ts', 'heeds every form of Retry-After'],
      },
      {
        name: 'takes a time before now for a wish',
        edits: [{ file: 'lib/providers/retry-after.ts', from: ' && wait >= 0', to: '' }],
        test: ['lib/providers/ask-batch.test.ts', 'heeds every form of Retry-After'],
      },
      {
        name: 'looks again at the same moment after all failures',
        edits: [
          {
            file: 'lib/batches/waits.ts',
            from: 'floorMs + Math.random() * Math.max(0, waitMs - floorMs)',
            to: 'waitMs',
          },
        ],
        test: [poll, 'after trouble the looks of many are scattered'],
      },
    ],
  },
  {
    promise: 'What hangs at one provider is cut off and holds up no other',
    broken: [
      {
        name: 'waits for ever for the beginning of an answer',
        edits: [
          {
            file: 'lib/outbound/create-outbound.ts',
            from: '      headersTimeout,\n',
            to: '      headersTimeout: 0,\n',
          },
        ],
        test: ['lib/outbound/create-outbound.test.ts', 'silence at each stage ends in time'],
      },
      {
        name: 'takes a byte now and then for progress',
        edits: [{ file: 'lib/outbound/read-answer.ts', from: 'if (since >= pace.bytes) since', to: 'since' }],
        test: ['lib/outbound/hostile-answers.test.ts', 'a byte now and then is no progress'],
      },
      {
        name: 'gives one connection places without end',
        edits: [
          {
            file: 'lib/poller/slots.ts',
            from: 'busy.filter(([, count]) => count >= each)',
            to: 'busy.filter(() => false)',
          },
        ],
        test: ['lib/poller/polls.test.ts', 'what hangs at one provider holds up no other'],
      },
    ],
  },
  {
    promise: 'Cut results are never called complete, and what is complete is the provider’s bytes',
    broken: [
      {
        name: 'believes every download',
        edits: [
          {
            file: 'lib/batches/keep-results.ts',
            from: 'return came.lines === requests ||',
            to: 'return came.lines >= 0 ||',
          },
        ],
        test: [cut, 'are never called complete'],
      },
      {
        name: 'takes a last line that is cut for a line',
        edits: [
          {
            file: 'lib/batches/whole-lines.ts',
            from: "if (isWhole(Buffer.concat(tail).toString('utf8')))",
            to: 'if (isWhole)',
          },
        ],
        test: [cut, 'are never called complete'],
      },
      {
        name: 'takes a count of nought for a proof',
        edits: [
          {
            file: 'lib/batches/keep-results.ts',
            from: '(counted > 0 && came.lines === counted)',
            to: 'came.lines === counted',
          },
        ],
        test: [collect, 'two downloads that were cut differently settle nothing'],
      },
      {
        name: 'takes a connection that broke for the end',
        edits: [
          {
            file: 'lib/batches/whole-lines.ts',
            from: "reading.broken = error instanceof Error ? error : new Error('The download broke off.');",
            to: 'void [reading, error];',
          },
        ],
        test: [cut, 'are never called complete'],
      },
    ],
  },
  {
    promise:
      'Both files are read in every end; what is double, unknown or missing is named, and the sum is right',
    broken: [
      {
        name: 'takes a second answer that says otherwise',
        edits: [
          {
            file: 'lib/results/index/row-writer.ts',
            from: "'duplicate' : 'conflicting'",
            to: "'duplicate' : null",
          },
        ],
        test: ['lib/results/build-index.test.ts', 'nothing is lost, made up or told twice'],
      },
    ],
  },
  {
    promise: 'Nothing moves backwards, an end is never unset, and unknown words keep polling',
    broken: [
      {
        name: 'goes wherever the provider says it is',
        edits: [
          {
            file: 'lib/model/phase.ts',
            from: 'return order.indexOf(to) > order.indexOf(from) ? to : from;',
            to: 'return order.includes(from) ? to : from;',
          },
        ],
        test: [poll, 'nothing moves backwards, an end is never unset'],
      },
      {
        name: 'takes a word it does not know for the end',
        edits: [
          {
            file: 'lib/batches/poll-part.ts',
            from: "state === 'expired' ||",
            to: "state === 'expired' || state === ('unknown' as string) ||",
          },
        ],
        test: [poll, 'nothing moves backwards, an end is never unset'],
      },
      {
        name: 'forgets what was answered before a cancellation',
        edits: [
          {
            file: 'lib/batches/poll-part.ts',
            from: '      return keepResults(ctx, job, { report, end }, provider.results(fetch, report));',
            to: "      return keepResults(ctx, job, { report, end }, end === 'cancelled' ? [] : provider.results(fetch, report));",
          },
        ],
        test: [collect, 'are both read'],
      },
    ],
  },
  {
    promise: 'Clocks that are wrong by a day change nothing: the database’s clock is the one that counts',
    broken: [
      {
        name: 'writes down the time of its own clock',
        edits: [
          {
            file: 'lib/batches/work-part.ts',
            from: 'clock: clockFrom(due.now)',
            to: 'clock: ctx.clock ?? clockFrom',
          },
        ],
        test: [poll, 'replicas whose clocks are a day off write one and the same time'],
      },
      {
        name: 'lets its own clock say when sending again is free',
        edits: [
          {
            file: 'lib/batches/decide-submission.ts',
            from: 'const left = free - (await timeOf(trx));',
            to: 'const left = free - ctx.clock();',
          },
        ],
        test: ['lib/batches/settle.test.ts', 'sending again waits for the clock of the database'],
      },
    ],
  },
  {
    promise:
      'What came before the provider deleted it stays, a deadline is told two days ahead, and a refused key rests its connection',
    broken: [
      {
        name: 'forgets what had come of results that vanish',
        edits: [
          {
            file: 'lib/batches/results-broke-off.ts',
            from: 'const better = came.lines > (before.kept?.lines ?? 0);',
            to: 'const better = came.lines < 0;',
          },
        ],
        test: [collect, 'a file that vanishes while it is read leaves what had come'],
      },
      {
        name: 'tells of a deadline when it has come',
        edits: [
          {
            file: 'lib/batches/warn-of-deadlines.ts',
            from: 'now + warnAheadMs',
            to: 'now + warnAheadMs * 0',
          },
        ],
        test: [collect, 'what will soon be deleted unread is told two days ahead'],
      },
      {
        name: 'calls on with a key that was refused',
        edits: [
          {
            file: 'lib/batches/reach-provider.ts',
            from: 'if (connection.paused_at === null) return false;',
            to: 'if (connection.paused_at !== undefined) return false;',
          },
        ],
        test: ['lib/batches/refused-key.test.ts', 'a refused key rests the whole connection after one call'],
      },
    ],
  },
];
