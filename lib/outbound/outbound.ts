import 'server-only';

export type OutboundRequest = {
  /** Absolute; its origin must equal `origin`, the one the key is bound to. */
  url: string;
  origin: string;
  method: 'GET' | 'POST' | 'DELETE';
  headers: Record<string, string>;
  body?: AsyncIterable<Uint8Array> | string;
  signal?: AbortSignal;
};

/** The only way out of the process. */
export type Outbound = {
  request(input: OutboundRequest): Promise<Response>;
  close(): Promise<void>;
};

export type UnreachedWhy = 'blocked' | 'dns' | 'refused' | 'tls' | 'timeout' | 'redirect' | 'reset';

/** No usable answer. `sent` is false only when not one byte can have reached the other side. */
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
