import 'server-only';
import { Refused } from './answer.ts';
import { dialectAt } from './call.ts';
import { refusalAnswer, toResponse } from './manners.ts';
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
  origin: string,
): Promise<Response> {
  const { pathname, search } = new URL(request.url);
  const path = `${pathname.replace(/^\/sandbox/, '')}${search}`;
  const refuse = (status: number, words: string) => {
    const dialect = dialectAt(path.split('/').slice(2));
    return toResponse(dialect, refusalAnswer(dialect, new Refused(words, { status })));
  };
  if (!hasKey) return refuse(401, 'Incorrect API key provided: use a Batchdeck token (bd_…).');
  if (!sandbox) return refuse(404, 'The sandbox is switched off here.');
  const { method, headers, body, signal } = request;
  try {
    return await sandbox.fetch({ method, path, headers, body, signal, origin: `${origin}/sandbox` });
  } catch (error) {
    // Known by its name: the sandbox may have been opened by another copy of this module.
    if (error instanceof Error && error.name === 'AbortError') return broken(error);
    throw error;
  }
}

/** A body that fails before its first byte takes the connection with it, and no header leaves. */
function broken(error: Error): Response {
  return new Response(new ReadableStream({ start: (to) => to.error(error) }));
}

function bearer(key: string | null): string | null {
  return key === null ? null : `Bearer ${key}`;
}
