import 'server-only';

export type OutboundRequest = {
  /** Absolute; its origin must equal `origin`, the one the key is bound to. */
  url: string;
  origin: string;
  method: 'GET' | 'POST' | 'DELETE';
  headers: Record<string, string>;
  body?: AsyncIterable<Uint8Array> | string;
  signal?: AbortSignal;
  /** How long the other side may think before its answer begins; `waits.headersMs` where not given. */
  headersTimeoutMs?: number;
};

/** The clock of an answer starts when the last byte of the request is out. A create may be thought about longer. */
export const waits = { connectMs: 10_000, headersMs: 30_000, createHeadersMs: 120_000, idleBodyMs: 60_000 };

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
  | 'reset'
  | 'stopped';

/** No usable answer. `sent` is false only when not one byte of the request can have reached the other side. */
export class Unreached extends Error {
  readonly why: UnreachedWhy;
  readonly sent: boolean;

  constructor(why: UnreachedWhy, sent: boolean, message: string) {
    super(message);
    this.name = 'Unreached';
    this.why = why;
    this.sent = sent;
  }
}
