import 'server-only';

/** The built-in provider: a stranger's server that happens to live in this process. */
export type Sandbox = {
  /** Answers a request as the provider would over HTTP. Paths start at `/v1`. The caller has checked the key. */
  fetch(request: SandboxRequest): Promise<Response>;
};

export type SandboxRequest = {
  method: string;
  path: string;
  headers: Headers;
  body: AsyncIterable<Uint8Array> | null;
};
