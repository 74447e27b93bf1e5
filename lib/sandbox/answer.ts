import 'server-only';
import type { Dialect } from '#lib/model/connection';

/** What is said, before it is put into a dialect's manners and before faults have had their way with it. */
export type Answer = { status: number; headers?: Record<string, string> } & (
  | { json: object }
  | { text: string }
  /** `type` null sends none; `name` makes it an attachment. */
  | { lines: AsyncIterable<Uint8Array>; type: string | null; name?: string }
);

/** A request that cannot be taken, in words. */
export class Refused extends Error {
  readonly status: number;
  readonly param: string | null;
  readonly code: string | null;
  readonly headers: Record<string, string>;
  /** Whose words to say it in, where the address does not tell. */
  readonly dialect: Dialect | null;

  constructor(
    message: string,
    more: Partial<Pick<Refused, 'status' | 'param' | 'code' | 'headers' | 'dialect'>> = {},
  ) {
    super(message);
    this.name = 'Refused';
    this.status = more.status ?? 400;
    this.param = more.param ?? null;
    this.code = more.code ?? null;
    this.headers = more.headers ?? {};
    this.dialect = more.dialect ?? null;
  }
}

/** The connection breaks. Named so that what sends it on takes it for a client that left, not for a bug. */
export class Dropped extends Error {
  constructor() {
    super('The connection broke before an answer came.');
    this.name = 'AbortError';
  }
}
