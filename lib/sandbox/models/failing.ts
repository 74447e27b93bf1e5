import 'server-only';
import { courseOf } from '#lib/sandbox/course';
import type { Model } from './reply.ts';

export const noSuchModel = {
  code: 'model_not_found',
  message: 'The model sandbox/failing cannot be used in a batch.',
};

/** The batch is refused as a whole, after it was accepted. A dialect without such an end fails each request. */
export const failing: Model = {
  course: courseOf(2_000, { startMs: 2_000, finishMs: 2_000, end: 'failed', percent: 0 }),
  fate: () => 'failed',
  reply: () => ({ kind: 'error', error: noSuchModel }),
};
