import 'server-only';
import { createHash } from 'node:crypto';
import type { Dialect } from '#lib/model/connection';
import { callerHeader } from '#lib/model/sandbox-faults';
import { Dropped, Refused } from './answer.ts';
import type { Call } from './plan.ts';
import { gathered } from './receive/gathered.ts';
import type { SandboxRequest } from './sandbox.ts';

const mostBytes = 256 * 1024 * 1024;

export function readCall(request: SandboxRequest): Call {
  const url = new URL(request.path, 'http://sandbox');
  const hash = createHash('sha256');
  let whole: string | null = null;
  const parts = url.pathname.split('/').slice(2).map(decoded);
  const tooLarge = parts[0] === 'files' ? () => {} : limit;
  async function* body(source: AsyncIterable<Uint8Array>) {
    yield* gathered(whileItLasts(source), hash, tooLarge);
    whole = hash.digest('hex');
  }
  return {
    method: request.method,
    headers: request.headers,
    caller: request.caller ?? request.headers.get(callerHeader) ?? '',
    signal: request.signal,
    url,
    parts,
    origin: request.origin ?? 'http://sandbox',
    body: request.body && body(request.body),
    bodySha256: () => whole,
  };
}

/** Whose words an error is said in before anything else is known. */
export function dialectAt([noun, id]: string[]): Dialect {
  if (noun === 'messages') return 'anthropic';
  if (noun === 'files') return 'openai';
  return id !== undefined && /^batch_[0-9a-f]{32}$/.test(id) ? 'openai' : 'inline';
}

/** A body that breaks off is a client that left. */
async function* whileItLasts(source: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  try {
    yield* source;
  } catch {
    throw new Dropped();
  }
}

function limit(bytes: number): void {
  if (bytes > mostBytes)
    throw new Refused('The batch is larger than 256 MB.', { status: 413, param: 'requests' });
}

function decoded(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}
