import 'server-only';
import { validateHeaderName, validateHeaderValue } from 'node:http';
import { Agent, type Dispatcher } from 'undici';
import type { Env } from '#lib/env';
import { type AllowList, parseAllowList } from './allow-list.ts';
import { objectionTo } from './check-target.ts';
import { guardedConnector, type Resolve, systemResolve } from './connect.ts';
import { type Outbound, type OutboundRequest, Unreached, waits } from './outbound.ts';
import { unreached, unreachedBy } from './unreached-by.ts';

type Parts = { resolve?: Resolve; times?: Partial<typeof waits>; ca?: string; allowed?: AllowList };
type Way = { agent: Agent; allowed: AllowList; headersMs: number };

/**
 * The agent's own `request`, not `fetch`: that one sends a request again by itself when it is answered 421.
 * `pipelining: 0` gives every request a connection of its own, so that each is judged anew and none is lost
 * on an old one that was just being closed.
 */
export function createOutbound(
  env: Env,
  { resolve = systemResolve, times, ca, allowed = parseAllowList(env.BATCHDECK_ALLOW_PRIVATE) }: Parts = {},
): Outbound {
  const { connectMs, headersMs, idleBodyMs } = { ...waits, ...times };
  const agent = new Agent({
    connect: guardedConnector({ allowed, resolve, connectMs, ca }),
    pipelining: 0,
    maxHeaderSize: 32_768,
    bodyTimeout: idleBodyMs,
  });
  const way = { agent, allowed, headersMs };
  return { request: (input) => ask(way, input), close: () => agent.destroy() };
}

async function ask({ agent, allowed, headersMs }: Way, input: OutboundRequest): Promise<Response> {
  const url = checked(input, allowed);
  const headers = ownHeaders(input.headers);
  if (input.signal?.aborted) throw unreached('stopped', false);
  const journey = { sent: false };
  try {
    const answer = await agent.compose(noting(journey)).request({
      origin: url.origin,
      path: `${url.pathname}${url.search}`,
      method: input.method,
      headers,
      body: input.body as Dispatcher.RequestOptions['body'],
      signal: input.signal,
      headersTimeout: input.headersTimeoutMs ?? headersMs,
    });
    return usable(answer, input.signal);
  } catch (error) {
    throw unreachedBy(error, journey.sent, input.signal);
  }
}

function checked({ url, origin }: OutboundRequest, allowed: AllowList): URL {
  const objection = objectionTo(url, allowed);
  if (objection) throw new Unreached('blocked', false, objection);
  const parsed = new URL(url);
  if (parsed.origin !== origin) {
    throw new Unreached('blocked', false, 'This address is not the one the key is bound to.');
  }
  return parsed;
}

function ownHeaders(given: Record<string, string>): Record<string, string> {
  const headers: Record<string, string> = { 'user-agent': 'batchdeck' };
  for (const [name, value] of Object.entries(given)) {
    try {
      validateHeaderName(name);
      validateHeaderValue(name, value);
    } catch {
      throw new Unreached('blocked', false, 'A header of this call holds characters that cannot be sent.');
    }
    headers[name.toLowerCase()] = value;
  }
  if (travelHeaders.some((name) => name in headers)) {
    throw new Unreached(
      'blocked',
      false,
      `The headers ${travelHeaders.join(', ')} are set by the connection.`,
    );
  }
  return { ...headers, 'accept-encoding': 'identity' };
}

const travelHeaders = ['host', 'connection', 'transfer-encoding', 'upgrade', 'te', 'expect', 'keep-alive'];

/** Undici calls `onRequestStart` with an open socket in hand, just before the first byte of the request. */
function noting(journey: { sent: boolean }): Dispatcher.DispatcherComposeInterceptor {
  return (dispatch) => (options, handler) =>
    dispatch(options, {
      onRequestStart(controller, context) {
        handler.onRequestStart?.(controller, context);
        if (!controller.aborted) journey.sent = true;
      },
      onRequestUpgrade: (...given) => handler.onRequestUpgrade?.(...given),
      onResponseStart: (...given) => handler.onResponseStart?.(...given),
      onResponseData: (...given) => handler.onResponseData?.(...given),
      onResponseEnd: (...given) => handler.onResponseEnd?.(...given),
      onResponseError: (...given) => handler.onResponseError?.(...given),
    });
}

function usable(answer: Dispatcher.ResponseData, signal?: AbortSignal): Response {
  const { statusCode: status } = answer;
  const headers = headersOf(answer);
  const encoding = headers.get('content-encoding')?.trim().toLowerCase() ?? 'identity';
  const why =
    status >= 300 && status < 400
      ? 'redirect'
      : encoding !== 'identity'
        ? 'encoded'
        : status < 200 || status > 599
          ? 'reset'
          : null;
  if (why) {
    drop(answer.body);
    throw unreached(why, true);
  }
  if (status === 204 || status === 205) {
    drop(answer.body);
    return new Response(null, { status, headers });
  }
  return new Response(streamOf(answer.body, signal), { status, headers });
}

/** An unread body says that it was cut off; nobody is left to hear it. */
function drop(body: Dispatcher.ResponseData['body']): void {
  body.on('error', () => {}).destroy();
}

function headersOf({ headers }: Dispatcher.ResponseData): Headers {
  const kept = new Headers();
  for (const [name, value] of Object.entries(headers)) {
    for (const one of [value ?? []].flat()) kept.append(name, one);
  }
  return kept;
}

/** Read as fast as it is consumed; what breaks off in the middle says so in our words. */
function streamOf(body: Dispatcher.ResponseData['body'], signal?: AbortSignal): ReadableStream<Uint8Array> {
  const chunks: AsyncIterator<Uint8Array> = body[Symbol.asyncIterator]();
  return new ReadableStream({
    async pull(controller) {
      try {
        const { done, value } = await chunks.next();
        if (done) controller.close();
        else controller.enqueue(value);
      } catch (error) {
        controller.error(unreachedBy(error, true, signal));
      }
    },
    cancel: () => drop(body),
  });
}
