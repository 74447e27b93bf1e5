import 'server-only';
import { Agent, type Dispatcher } from 'undici';
import type { Env } from '#lib/env';
import { type AllowList, parseAllowList } from './allow-list.ts';
import { isInside, objectionTo } from './check-target.ts';
import { guardedConnector, type Resolve } from './connect.ts';
import { caps, type Outbound, type OutboundRequest, Unreached, waits } from './outbound.ts';
import { type Limits, readAnswer } from './read-answer.ts';
import { requestHeaders } from './request-headers.ts';
import { sharedResolve } from './resolve.ts';
import { unreached, unreachedBy } from './unreached-by.ts';

type Parts = {
  resolve?: Resolve;
  times?: Partial<typeof waits>;
  sizes?: Partial<typeof caps>;
  ca?: string;
  allowed?: AllowList;
};
type Way = { agent: Agent; allowed: AllowList; headersMs: number; limits: Limits };

/** Two ways out: the operator's list opens the first, and what a public provider names goes the second. */
export function createOutbound(env: Env, parts: Parts = {}): Outbound {
  const listed = wayOut(parts.allowed ?? parseAllowList(env.BATCHDECK_ALLOW_PRIVATE), parts);
  const publicOnly = wayOut(parseAllowList(''), parts);
  const wayFor = ({ namedBy }: OutboundRequest) =>
    namedBy === undefined || isInside(namedBy) ? listed : publicOnly;
  return {
    request: (input) => ask(wayFor(input), input),
    close: async () => void (await Promise.all([listed.agent.destroy(), publicOnly.agent.destroy()])),
  };
}

/**
 * The agent's own `request`, not `fetch`: that one sends a request again by itself when it is answered 421.
 * `pipelining: 0` gives every request a connection of its own, so that each is judged anew and none is lost
 * on an old one that was just being closed.
 */
function wayOut(allowed: AllowList, { resolve = sharedResolve, times, sizes, ca }: Parts): Way {
  const { connectMs, headersMs, bodyMs } = { ...waits, ...times };
  const limits = { ...caps, ...sizes, bodyMs };
  const agent = new Agent({
    connect: guardedConnector({ allowed, resolve, connectMs, ca }),
    pipelining: 0,
    maxHeaderSize: limits.headerBytes,
    bodyTimeout: 0,
  });
  return { agent, allowed, headersMs, limits };
}

async function ask({ agent, allowed, headersMs, limits }: Way, input: OutboundRequest): Promise<Response> {
  const url = checked(input, allowed);
  const headers = requestHeaders(input.headers);
  if (input.signal?.aborted) throw unreached('stopped', false);
  const headersTimeout = input.headersTimeoutMs ?? headersMs;
  const journey: Journey = { sent: false, answering: null, mostMs: headersTimeout };
  try {
    const answer = await agent.compose(noting(journey)).request({
      origin: url.origin,
      path: `${url.pathname}${url.search}`,
      method: input.method,
      headers,
      body: input.body as Dispatcher.RequestOptions['body'],
      signal: input.signal,
      headersTimeout,
    });
    return readAnswer(answer, input, limits);
  } catch (error) {
    throw unreachedBy(error, journey.sent, input.signal);
  }
}

/** A path that the URL parser would change, `/../` say, is one that somebody else's id has bent. */
function checked({ url, origin }: OutboundRequest, allowed: AllowList): URL {
  const objection = objectionTo(url, allowed);
  if (objection) throw new Unreached('blocked', false, objection);
  const parsed = new URL(url);
  if (parsed.origin !== origin) {
    throw new Unreached('blocked', false, 'This address is not the one the key is bound to.');
  }
  if (parsed.href !== url) {
    throw new Unreached('blocked', false, 'This address is not spelled as it would be called.');
  }
  return parsed;
}

type Journey = { sent: boolean; answering: number | null; mostMs: number };

/**
 * Undici calls `onRequestStart` with an open socket in hand, just before the first byte of the request. An interim
 * answer starts its clock of the headers anew; only so many may follow as fit into one such wait.
 */
function noting(journey: Journey): Dispatcher.DispatcherComposeInterceptor {
  return (dispatch) => (options, handler) =>
    dispatch(options, {
      onRequestStart(controller, context) {
        handler.onRequestStart?.(controller, context);
        if (!controller.aborted) journey.sent = true;
      },
      onRequestUpgrade: (...given) => handler.onRequestUpgrade?.(...given),
      onResponseStart(controller, status, headers, words) {
        journey.answering ??= performance.now();
        const late = status < 200 && performance.now() - journey.answering > journey.mostMs;
        if (late) return controller.abort(unreached('timeout', true));
        handler.onResponseStart?.(controller, status, headers, words);
      },
      onResponseData: (...given) => handler.onResponseData?.(...given),
      onResponseEnd: (...given) => handler.onResponseEnd?.(...given),
      onResponseError: (...given) => handler.onResponseError?.(...given),
    });
}
