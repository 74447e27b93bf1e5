import { asList, asObject } from './unknown.ts';

/** What a call is. A look at a batch that is over is `status` and `ended`, and `results` too where they come with it. */
export const faultCalls = [
  'any',
  'upload',
  'file',
  'create',
  'list',
  'status',
  'ended',
  'results',
  'cancel',
  'delete',
] as const;
export type FaultCall = (typeof faultCalls)[number];

/**
 * Which calls, and what goes wrong with them. `create` is counted by what is being sent, the calls on a batch
 * by batch, the others and `any` by script; `after` lets the first so many pass, then it happens to `times` of
 * them, to the first of each `every`.
 */
export type FaultRule = {
  on: FaultCall;
  after?: number;
  times?: number;
  every?: number;
  /** Drop, hang and status come before the call is carried out; with `accepted` after it. */
  accepted?: boolean;
  drop?: boolean;
  hangMs?: number;
  delayMs?: number;
  status?: number;
  body?: string;
  /** Seconds, or `date` for a time a few seconds from now. */
  retryAfter?: number | 'date';
  /** Results end after so many bytes: the connection breaks, or it closes as if that were all. */
  cutAt?: number;
  cutCleanly?: boolean;
  /** One small piece each so many milliseconds. */
  trickleMs?: number;
  /** Every so-manieth line of the results comes twice, or not at all. */
  duplicate?: number;
  omit?: number;
  /** Another order at each reading. */
  shuffle?: boolean;
  /** A batch that is over is shown as it was half-way. */
  regress?: boolean;
  /** A batch that is over does not say yet where its results are. */
  lag?: boolean;
  word?: string;
  counts?: 'zero' | 'none' | 'text' | 'over';
};

type Check = (value: unknown) => string | null;

const whole =
  (least: number, most = 1e9): Check =>
  (value) =>
    Number.isInteger(value) && Number(value) >= least && Number(value) <= most
      ? null
      : `must be a whole number from ${least} to ${most}`;
const oneOf =
  (values: readonly string[]): Check =>
  (value) =>
    values.includes(value as string) ? null : `must be one of ${values.join(', ')}`;
const yesNo: Check = (value) => (typeof value === 'boolean' ? null : 'must be true or false');
const words: Check = (value) => (typeof value === 'string' ? null : 'must be a string');

const bodiless: unknown[] = [204, 205, 304];

const checks: { [Field in keyof Required<FaultRule>]: Check } = {
  on: oneOf(faultCalls),
  after: whole(0),
  times: whole(1),
  every: whole(1),
  accepted: yesNo,
  drop: yesNo,
  hangMs: whole(0, 600_000),
  delayMs: whole(0, 600_000),
  status: (value) => (bodiless.includes(value) ? 'must be one that has a body' : whole(200, 599)(value)),
  body: words,
  retryAfter: (value) => (value === 'date' ? null : whole(-1)(value)),
  cutAt: whole(0),
  cutCleanly: yesNo,
  trickleMs: whole(1, 60_000),
  duplicate: whole(1),
  omit: whole(1),
  shuffle: yesNo,
  regress: yesNo,
  lag: yesNo,
  word: words,
  counts: oneOf(['zero', 'none', 'text', 'over']),
};

/** The rules of a JSON text, one or a list of them, or what is wrong with it in words. */
export function parseFaultScript(text: string): FaultRule[] | { problem: string } {
  const value = parsed(text);
  if (value === undefined) return { problem: 'The faults are not valid JSON.' };
  const rules = asList(value) ?? [value];
  for (const [n, rule] of rules.entries()) {
    const problem = problemOf(rule);
    if (problem) return { problem: `Rule ${n + 1}: ${problem}.` };
  }
  return rules as FaultRule[];
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function problemOf(rule: unknown): string | null {
  const fields = asObject(rule);
  if (!fields) return 'it is not an object';
  if (fields.on === undefined) return '`on` is missing';
  for (const [name, value] of Object.entries(fields)) {
    if (!Object.hasOwn(checks, name)) return `there is no field \`${name}\``;
    const problem = checks[name as keyof FaultRule](value);
    if (problem) return `\`${name}\` ${problem}`;
  }
  return null;
}
