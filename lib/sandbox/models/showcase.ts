import 'server-only';
import { courseOf } from '#lib/sandbox/course';
import { corpus } from './corpus.ts';
import type { Model } from './reply.ts';

/** A fixed collection of everything a results screen must be able to show, chosen by position. */
export const showcase: Model = {
  course: courseOf(3_000),
  fate: (_, position) => (at(position).kind === 'answer' ? 'answered' : 'failed'),
  reply: (_, position) => at(position),
};

function at(position: number) {
  return corpus[position % corpus.length] ?? { kind: 'silent' as const };
}
