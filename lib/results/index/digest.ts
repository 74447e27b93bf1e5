import 'server-only';
import { type AnswerDigest, digestAnswers } from './answer-digest.ts';
import type { Blocks } from './blocks.ts';
import { rangeOf } from './lines-in.ts';
import type { OpenFiles } from './open-files.ts';
import { digestRequests, type RequestDigest } from './request-digest.ts';
import type { TextPage } from './text-page.ts';

/** A file of which any thread can digest any block: it needs nothing else. */
export type Task = { file: string; blocks: Blocks } & (
  | { kind: 'requests' }
  | { kind: 'answers'; dialect: string; preset: string }
);

export type DigestOf<T extends Task> = T['kind'] extends 'requests' ? RequestDigest : AnswerDigest;

export function digest<T extends Task>(task: T, block: number, files: OpenFiles): DigestOf<T> {
  const given: Task = task;
  const lines = { fd: files.fd(given.file), range: rangeOf(block), blocks: given.blocks };
  const made = given.kind === 'requests' ? digestRequests(lines) : digestAnswers(lines, given);
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
