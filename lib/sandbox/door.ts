import 'server-only';
import { failure } from './answers.ts';
import type { Sandbox } from './sandbox.ts';

/** The key alone, as a Bearer token: whoever a session cookie belongs to is nobody here. */
export function keyOnly(request: Request): Request {
  const given = request.headers.get('authorization') ?? bearer(request.headers.get('x-api-key'));
  return new Request(request.url, { headers: given ? { authorization: given } : {} });
}

/** The sandbox over HTTP, for scripts that bring their own client. */
export async function enterSandbox(
  sandbox: Sandbox | null,
  request: Request,
  hasKey: boolean,
): Promise<Response> {
  if (!hasKey) return failure(401, 'Incorrect API key provided: use a Batchdeck token (bd_…).');
  if (!sandbox) return failure(404, 'The sandbox is switched off here.');
  const { pathname, search } = new URL(request.url);
  return sandbox.fetch({
    method: request.method,
    path: `${pathname.replace(/^\/sandbox/, '')}${search}`,
    headers: request.headers,
    body: request.body,
  });
}

function bearer(key: string | null): string | null {
  return key === null ? null : `Bearer ${key}`;
}
