import 'server-only';

export type OutboundRequest = {
  /** Absolute and spelled in full; its origin must equal `origin`, the one the key is bound to. */
  url: string;
  origin: string;
  method: 'GET' | 'POST' | 'DELETE';
  headers: Record<string, string>;
  body?: AsyncIterable<Uint8Array> | string;
  signal?: AbortSignal;
  /** How long the other side may think before its answer begins; `waits.headersMs` where not given. */
  headersTimeoutMs?: number;
  /** The bound origin whose answer named this address. What a public provider names must be public too. */
  namedBy?: string;
  /** An answer that is read whole. Only a GET can bring more, so for all else it is the rule. */
  small?: boolean;
};

/**
 * The clock of an answer starts when the last byte of the request is out. A create may be thought about longer.
 * `bodyMs` is how long we wait for a whole small answer, and for each `paceBytes` of a long one.
 */
export const waits = { connectMs: 10_000, headersMs: 30_000, createHeadersMs: 120_000, bodyMs: 60_000 };

/** Headers are counted in all, trailers again. The largest known results are far below `longBytes`. */
export const caps = {
  headerBytes: 32 * 1024,
  smallBytes: 16 * 1024 ** 2,
  longBytes: 16 * 1024 ** 3,
  paceBytes: 64 * 1024,
};

/** The only way out of the process. */
export type Outbound = {
  request(input: OutboundRequest): Promise<Response>;
  close(): Promise<void>;
};

export type UnreachedWhy =
  | 'blocked'
  | 'dns'
  | 'refused'
  | 'tls'
  | 'timeout'
  | 'redirect'
  | 'encoded'
  | 'too_large'
  | 'reset'
  | 'stopped';

/** No usable answer. `sent` is false only when not one byte of the request can have reached the other side. */
export class Unreached extends Error {
  readonly why: UnreachedWhy;
  readonly sent: boolean;

  /** The way out is opened at boot, in another copy of this module than the one a route has. */
  static override [Symbol.hasInstance](thing: unknown): boolean {
    return thing instanceof Error && thing.name === 'Unreached';
  }

  constructor(why: UnreachedWhy, sent: boolean, message: string) {
    super(message);
    this.name = 'Unreached';
    this.why = why;
    this.sent = sent;
  }
}
