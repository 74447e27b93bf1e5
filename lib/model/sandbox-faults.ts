import { type FaultRule, parseFaultScript } from './sandbox-fault-script.ts';

/** The header that asks the sandbox to misbehave: a name from the list below, or rules as JSON. */
export const faultsHeader = 'x-sandbox-faults';

/** By which another process of an install says who asks: faults are counted for each caller by itself. */
export const callerHeader = 'x-sandbox-caller';

export type SandboxFault = { name: string; title: string; about: string; script: FaultRule[] };

const page = '<!doctype html>\n<title>502 Bad Gateway</title>\n<h1>Bad Gateway</h1>\n';

/** What a person can pick, from the create call to the results. */
export const sandboxFaults: SandboxFault[] = [
  {
    name: 'lost-answer',
    title: 'Loses the answer to every first create',
    about:
      'The batch is accepted, then the connection breaks. Sent a second time, the same requests are answered.',
    script: [{ on: 'create', every: 2, drop: true, accepted: true }],
  },
  {
    name: 'error-after-create',
    title: 'Answers 500 though it accepted',
    about: 'Every first create is accepted and answered with a server error.',
    script: [{ on: 'create', every: 2, status: 500, accepted: true }],
  },
  {
    name: 'dropped-create',
    title: 'Breaks off every first create',
    about: 'The connection breaks before the batch is accepted, which looks just like a lost answer.',
    script: [{ on: 'create', every: 2, drop: true }],
  },
  {
    name: 'busy',
    title: 'Is busy',
    about: 'The first two creates and every third look are answered 429 with a Retry-After of two seconds.',
    script: [
      { on: 'create', times: 2, status: 429, retryAfter: 2 },
      { on: 'status', after: 1, every: 3, status: 429, retryAfter: 2 },
    ],
  },
  {
    name: 'rejected-key',
    title: 'Rejects the key',
    about: 'Every call is answered 401.',
    script: [{ on: 'any', status: 401 }],
  },
  {
    name: 'revoked-key',
    title: 'Rejects the key after a while',
    about: 'The first five calls are answered, all later ones with 401.',
    script: [{ on: 'any', after: 5, status: 401 }],
  },
  {
    name: 'outage',
    title: 'Goes down once a batch runs',
    about: 'Batches are accepted, but every look at them is answered 503.',
    script: [{ on: 'status', status: 503 }],
  },
  {
    name: 'late-batch',
    title: 'Does not know a fresh batch',
    about: 'The first three looks at a batch are answered 404.',
    script: [{ on: 'status', times: 3, status: 404 }],
  },
  {
    name: 'forgotten-batch',
    title: 'Forgets a batch',
    about: 'From the third look on, a batch is answered 404.',
    script: [{ on: 'status', after: 2, status: 404 }],
  },
  {
    name: 'web-page',
    title: 'Answers a web page',
    about: 'Every second look is answered 200 with HTML, the next one with nothing at all.',
    script: [
      { on: 'status', every: 4, status: 200, body: page },
      { on: 'status', after: 2, every: 4, status: 200, body: '' },
    ],
  },
  {
    name: 'strange-words',
    title: 'Speaks of a status nobody knows',
    about: 'The first four looks show an unknown status word.',
    script: [{ on: 'status', times: 4, word: 'reticulating' }],
  },
  {
    name: 'wrong-counts',
    title: 'Counts wrong',
    about: 'More requests are done than there are, until the end.',
    script: [{ on: 'status', counts: 'over' }],
  },
  {
    name: 'backwards',
    title: 'Goes back to running',
    about: 'A batch that was seen at its end is shown running again for two looks.',
    script: [
      { on: 'ended', times: 1, lag: true },
      { on: 'ended', after: 1, times: 2, regress: true },
    ],
  },
  {
    name: 'late-results',
    title: 'Names its results late',
    about: 'A batch is over for three looks before it says where its results are.',
    script: [{ on: 'ended', times: 3, lag: true }],
  },
  {
    name: 'cut-results',
    title: 'Breaks off the results',
    about: 'The first two downloads break off in the middle of a line.',
    script: [{ on: 'results', times: 2, cutAt: 1_000 }],
  },
  {
    name: 'messy-results',
    title: 'Repeats and forgets results',
    about: 'Every fifth line comes twice, every seventh not at all.',
    script: [{ on: 'results', duplicate: 5, omit: 7 }],
  },
  {
    name: 'slow',
    title: 'Is slow',
    about: 'Every answer takes three seconds, and results come in small pieces.',
    script: [
      { on: 'any', delayMs: 3_000 },
      { on: 'results', trickleMs: 200 },
    ],
  },
  {
    name: 'hanging',
    title: 'Hangs',
    about: 'Every third look is not answered for a minute and a half.',
    script: [{ on: 'status', after: 1, every: 3, hangMs: 90_000 }],
  },
];

/** The rules behind a header's value, or what is wrong with it in words. */
export function faultsOf(header: string): FaultRule[] | { problem: string } {
  const text = header.trim();
  if (text === '') return [];
  if (text.startsWith('{') || text.startsWith('[')) return parseFaultScript(text);
  const named = sandboxFaults.find(({ name }) => name === text);
  if (named) return named.script;
  const names = sandboxFaults.map(({ name }) => name).join(', ');
  return {
    problem: `There are no faults named “${text.slice(0, 100)}”. There are ${names}, or rules as JSON.`,
  };
}
