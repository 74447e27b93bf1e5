import 'server-only';
import { echo } from './echo.ts';
import { flaky } from './flaky.ts';
import { json } from './json.ts';
import type { Model } from './reply.ts';
import { showcase } from './showcase.ts';

const models: Record<string, Model> = {
  'sandbox/instant': { ...echo, durationMs: 0 },
  'sandbox/echo': echo,
  'sandbox/slow': { ...echo, durationMs: 180_000, quiet: true },
  'sandbox/flaky': flaky,
  'sandbox/json': json,
  'sandbox/showcase': showcase,
};

/** Every other name behaves like echo: a script written for a real provider runs unchanged. */
export function modelNamed(name: unknown): Model {
  return (typeof name === 'string' && Object.hasOwn(models, name) ? models[name] : undefined) ?? echo;
}
