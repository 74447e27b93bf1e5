import 'server-only';
import { courseOf } from '#lib/sandbox/course';
import { echo } from './echo.ts';
import { failing } from './failing.ts';
import { flaky } from './flaky.ts';
import { json } from './json.ts';
import type { Model } from './reply.ts';
import { showcase } from './showcase.ts';

const hourMs = 3_600_000;

const models: Record<string, Model> = {
  'sandbox/instant': { ...echo, course: courseOf(0) },
  'sandbox/echo': echo,
  'sandbox/slow': { ...echo, course: courseOf(180_000, { quiet: true }) },
  'sandbox/flaky': flaky,
  'sandbox/json': json,
  'sandbox/showcase': showcase,
  /** Waits an hour for its turn. */
  'sandbox/queued': { ...echo, course: courseOf(hourMs + 10_000, { startMs: hourMs }) },
  /** Runs for an hour. */
  'sandbox/hour': { ...echo, course: courseOf(hourMs) },
  /** Is done with every request soon and with the batch after an hour. */
  'sandbox/finishing': { ...echo, course: courseOf(hourMs, { startMs: 500, finishMs: 2_000 }) },
  /** Runs out of time at three requests of five. */
  'sandbox/expiring': { ...echo, course: courseOf(6_000, { end: 'expired', percent: 60 }) },
  'sandbox/failing': failing,
};

/** Every other name behaves like echo: a script written for a real provider runs unchanged. */
export function modelNamed(name: unknown): Model {
  return (typeof name === 'string' && Object.hasOwn(models, name) ? models[name] : undefined) ?? echo;
}
