import 'server-only';
import type { Dispatcher } from 'undici';
import { type caps, type OutboundRequest, Unreached, type waits } from './outbound.ts';
import { unreached, unreachedBy } from './unreached-by.ts';

export type Limits = typeof caps & Pick<typeof waits, 'bodyMs'>;
type Asked = Pick<OutboundRequest, 'method' | 'url' | 'signal' | 'small'>;

/** An answer as it came, or why it is none: redirects and compressed bodies are refused unread. */
export function readAnswer(answer: Dispatcher.ResponseData, asked: Asked, limits: Limits): Response {
  try {
    const { statusCode: status } = answer;
    const headers = headersOf(answer);
    demandUsable(status, headers, asked.url);
    const small = asked.small || asked.method !== 'GET' || status >= 400;
    const room = small ? limits.smallBytes : limits.longBytes;
    if (Number(headers.get('content-length')) > room) throw unreached('too_large', true);
    if (status === 204 || status === 205) {
      drop(answer.body);
      return new Response(null, { status, headers });
    }
    const pace = { room, perMs: limits.bodyMs, bytes: small ? Number.POSITIVE_INFINITY : limits.paceBytes };
    return new Response(streamOf(answer.body, pace, asked.signal), { status, headers });
  } catch (error) {
    drop(answer.body);
    throw error;
  }
}

function headersOf({ headers }: Dispatcher.ResponseData): Headers {
  const kept = new Headers();
  for (const [name, value] of Object.entries(headers)) {
    for (const one of [value ?? []].flat()) kept.append(name, one);
  }
  return kept;
}

function demandUsable(status: number, headers: Headers, url: string): void {
  if (status >= 300 && status < 400) {
    throw new Unreached('redirect', true, redirectWords(headers.get('location'), url));
  }
  const encoding = headers.get('content-encoding')?.trim().toLowerCase() ?? 'identity';
  if (encoding !== 'identity') throw unreached('encoded', true);
  if (status < 200 || status > 599) throw unreached('reset', true);
}

/** Where to, but never in the other side's words: an address can carry anything, a key too. */
function redirectWords(location: string | null, url: string): string {
  const to = location !== null && URL.canParse(location, url) ? new URL(location, url) : null;
  const from = new URL(url);
  const where =
    to === null
      ? 'to no address'
      : to.hostname !== from.hostname
        ? 'to another host'
        : to.origin !== from.origin
          ? 'to another scheme or port of this host'
          : 'to another path of this host';
  return `The host answered with a redirect ${where}, which is not followed.`;
}

type Pace = { room: number; perMs: number; bytes: number };

/**
 * Read as fast as it is consumed; what breaks off in the middle says so in our words. Only time spent waiting for
 * the other side counts, so that neither a drip of bytes holds a call nor a slow disk of ours ends one.
 */
function streamOf(
  body: Dispatcher.ResponseData['body'],
  pace: Pace,
  signal?: AbortSignal,
): ReadableStream<Uint8Array> {
  const chunks: AsyncIterator<Uint8Array> = body[Symbol.asyncIterator]();
  let total = 0;
  let since = 0;
  let waited = 0;
  return new ReadableStream({
    async pull(controller) {
      const began = performance.now();
      const timer = setTimeout(() => body.destroy(unreached('timeout', true)), pace.perMs - waited);
      try {
        const { done, value } = await chunks.next();
        if (done) return controller.close();
        total += value.length;
        since += value.length;
        waited += performance.now() - began;
        if (total > pace.room) throw unreached('too_large', true);
        if (since >= pace.bytes) since = waited = 0;
        controller.enqueue(value);
      } catch (error) {
        drop(body);
        controller.error(unreachedBy(error, true, signal));
      } finally {
        clearTimeout(timer);
      }
    },
    cancel: () => drop(body),
  });
}

/** An unread body says that it was cut off; nobody is left to hear it. */
function drop(body: Dispatcher.ResponseData['body']): void {
  body.on('error', () => {}).destroy();
}
