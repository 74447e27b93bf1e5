import 'server-only';
import { type AnswerDigest, digestAnswers } from './answer-digest.ts';
import type { Range } from './lines-in.ts';
import type { OpenFiles } from './open-files.ts';
import { digestRequests, type RequestDigest } from './request-digest.ts';
import type { TextPage } from './text-page.ts';

/** A piece of a build that any thread can do: it needs nothing but a file. */
export type Task =
  | { kind: 'requests'; file: string; range: Range }
  | { kind: 'answers'; file: string; range: Range; dialect: string; preset: string };

export type DigestOf<T extends Task> = T['kind'] extends 'requests' ? RequestDigest : AnswerDigest;

export function digest<T extends Task>(task: T, files: OpenFiles): DigestOf<T> {
  const given: Task = task;
  const made =
    given.kind === 'requests'
      ? digestRequests(files.fd(given.file), given.range)
      : digestAnswers(files.fd(given.file), given.range, given);
  return made as DigestOf<T>;
}

/** What need not be copied on its way to another thread. */
export function buffersOf(made: object): ArrayBuffer[] {
  return Object.values(made).flatMap((value: unknown) => {
    if (ArrayBuffer.isView(value)) return [value.buffer as ArrayBuffer];
    return isPage(value) ? buffersOf(value) : [];
  });
}

function isPage(value: unknown): value is TextPage {
  return typeof value === 'object' && value !== null && 'bytes' in value;
}
