import 'server-only';

export type AnswerInit = { status?: number; headers?: Record<string, string> };

/** A JSON value with a status or headers of its own. */
export class Answer {
  readonly value: unknown;
  readonly init: AnswerInit;

  constructor(value: unknown, init: AnswerInit) {
    this.value = value;
    this.init = init;
  }
}

export function answer(value: unknown, init: AnswerInit = {}): Answer {
  return new Answer(value, init);
}

/** Whatever a route returned, as a response that nobody caches unless the route said otherwise. */
export function respond(result: unknown): Response {
  if (result instanceof Response) return uncached(result);
  if (result instanceof Answer) return uncached(json(result.value, result.init));
  return uncached(json(result, {}));
}

function json(value: unknown, { status, headers }: AnswerInit): Response {
  if (value === undefined) return new Response(null, { status: status ?? 204, headers });
  return Response.json(value, { status, headers });
}

function uncached(response: Response): Response {
  if (response.headers.has('cache-control')) return response;
  const headers = new Headers(response.headers);
  headers.set('cache-control', 'no-store');
  return new Response(response.body, { status: response.status, statusText: response.statusText, headers });
}
