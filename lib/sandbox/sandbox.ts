import 'server-only';

/** The built-in provider: a stranger's server that happens to live in this process. */
export type Sandbox = {
  /** Answers a request as the provider would over HTTP, or rejects where a connection would break. The caller has checked the key. */
  fetch(request: SandboxRequest): Promise<Response>;
};

export type SandboxRequest = {
  method: string;
  /** As the dialect has it, from `/v1` on. */
  path: string;
  headers: Headers;
  /** Who asks: faults of one script are counted for each caller by itself. */
  caller?: string;
  body: AsyncIterable<Uint8Array> | null;
  /** What stands before `/v1` for the one who asks; addresses in answers begin with it. */
  origin?: string;
  signal?: AbortSignal;
};
