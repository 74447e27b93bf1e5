import 'server-only';
import { createHash } from 'node:crypto';
import type { Reply, SandboxRequestLine } from '#lib/sandbox/models/reply';
import type { Tokens } from './tokens.ts';

export type Answered = Extract<Reply, { kind: 'answer' }>;

/** The body of one answered request, in the shape of the endpoint that was asked. */
export type BodyOf = (request: SandboxRequestLine, answer: Answered, about: About) => object;

/** What follows from a request and its answer, worked out once. */
export type About = { mark: string; tokens: Tokens; created: number };

/** Ids of answers follow from the request's own, so that a second reading gives the same bytes. */
export function markOf(customId: string): string {
  return createHash('sha256').update(customId).digest('hex').slice(0, 24);
}

/** Python's splitlines breaks at these where JSON does not; escaped, the quickstart's own reader works. */
export function jsonLine(value: object): string {
  const escaped = (char: string) => `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`;
  return `${JSON.stringify(value).replace(/[\u0085\u2028\u2029]/g, escaped)}\n`;
}
