import 'server-only';
import { randomBytes } from 'node:crypto';
import type { Dialect } from '#lib/model/connection';
import type { Answer, Refused } from './answer.ts';

type Manners = {
  type: string;
  indent: number;
  requestId: string;
  refusal(refused: Refused, requestId: string): object;
};

const manners: Record<Dialect, Manners> = {
  inline: {
    type: 'application/json; charset=utf-8',
    indent: 0,
    requestId: 'x-request-id',
    refusal: ({ status, message, param }) => ({
      error: { message, type: inlineType(status), param, code: status },
    }),
  },
  openai: {
    type: 'application/json',
    indent: 2,
    requestId: 'x-request-id',
    refusal: ({ status, message, param, code }) => ({
      error: { message, type: openaiType(status), param, code: code ?? openaiCode(status) },
    }),
  },
  anthropic: {
    type: 'application/json',
    indent: 0,
    requestId: 'request-id',
    refusal: ({ status, message }, requestId) => ({
      type: 'error',
      error: { type: anthropicTypeOf(status), message },
      request_id: requestId,
    }),
  },
};

export function refusalAnswer(dialect: Dialect, refused: Refused): Answer {
  const id = newRequestId();
  const { requestId, refusal } = manners[dialect];
  return {
    status: refused.status,
    headers: { [requestId]: id, ...refused.headers },
    json: refusal(refused, id),
  };
}

export function toResponse(dialect: Dialect, answer: Answer): Response {
  const { type, indent, requestId } = manners[dialect];
  const headers = new Headers({
    'cache-control': 'no-store',
    [requestId]: newRequestId(),
    ...answer.headers,
  });
  const { status } = answer;
  if ('json' in answer) {
    headers.set('content-type', type);
    return new Response(`${JSON.stringify(answer.json, null, indent)}${indent > 0 ? '\n' : ''}`, {
      status,
      headers,
    });
  }
  if ('text' in answer) {
    headers.set('content-type', /^\s*</.test(answer.text) ? 'text/html; charset=utf-8' : type);
    return new Response(new TextEncoder().encode(answer.text), { status, headers });
  }
  if (answer.type !== null) headers.set('content-type', answer.type);
  if (answer.name) headers.set('content-disposition', `attachment; filename="${answer.name}"`);
  return new Response(asStream(answer.lines), { status, headers });
}

function asStream(chunks: AsyncIterable<Uint8Array>): ReadableStream<Uint8Array> {
  const iterator = chunks[Symbol.asyncIterator]();
  return new ReadableStream<Uint8Array>({
    async pull(to) {
      const { value, done } = await iterator.next();
      if (done) to.close();
      else to.enqueue(value);
    },
    async cancel() {
      await iterator.return?.();
    },
  });
}

/** What Anthropic calls an error of this status. */
export function anthropicTypeOf(status: number): string {
  const types: Record<number, string> = {
    400: 'invalid_request_error',
    401: 'authentication_error',
    403: 'permission_error',
    404: 'not_found_error',
    413: 'request_too_large',
    429: 'rate_limit_error',
    529: 'overloaded_error',
  };
  return types[status] ?? (status >= 500 ? 'api_error' : 'invalid_request_error');
}

function inlineType(status: number): string {
  if (status >= 500) return 'server_error';
  const types: Record<number, string> = {
    401: 'authentication_error',
    404: 'not_found_error',
    413: 'request_too_large',
  };
  return types[status] ?? 'invalid_request_error';
}

function openaiType(status: number): string {
  if (status >= 500) return 'server_error';
  return status === 429 ? 'requests' : 'invalid_request_error';
}

function openaiCode(status: number): string | null {
  return { 401: 'invalid_api_key', 429: 'rate_limit_exceeded' }[status] ?? null;
}

function newRequestId(): string {
  return `req_${randomBytes(12).toString('hex')}`;
}
