import 'server-only';
import type { ZodType, z } from 'zod';
import { contextOf } from '#lib/auth/context-of';
import { sessionTokenIn } from '#lib/auth/cookie';
import { originFits } from '#lib/auth/origin';
import { bearerIn } from '#lib/auth/token';
import { type Context, thisProcess } from '#lib/context';
import type { Env } from '#lib/env';
import { notFound, Refusal } from '#lib/errors';
import { answer, respond } from './answer.ts';
import { failure, invalid } from './failure.ts';
import { readJson } from './read-json.ts';

export { answer } from './answer.ts';

/** Who may come in and what they may bring. Without `body` the route reads `request.body` itself. */
export type Door<P extends ZodType, Q extends ZodType, B extends ZodType> = {
  who?: 'anyone' | 'member';
  params?: P;
  query?: Q;
  body?: B;
  /** Where a body may be larger than the usual 1 MiB. */
  mostBytes?: number;
};

export type Call<P, Q, B> = { ctx: Context; params: P; query: Q; body: B; request: Request };

type RouteParams = { params: Promise<Record<string, string | string[] | undefined>> };
/** What the door asks for stands on the handler, where a test reads it for every route there is. */
export type Handler = {
  (request: Request, route: RouteParams): Promise<Response>;
  who: 'anyone' | 'member';
  takesJson: boolean;
};

const mutating = new Set(['POST', 'PUT', 'PATCH', 'DELETE']);

/** The one door of route handlers: who → parse → verb → JSON. */
export function handle<P extends ZodType, Q extends ZodType, B extends ZodType>(
  door: Door<P, Q, B>,
  run: (call: Call<z.output<P>, z.output<Q>, z.output<B>>) => Promise<unknown>,
): Handler {
  const who = door.who ?? 'member';
  const handler = async (request: Request, route: RouteParams): Promise<Response> => {
    const { deps } = thisProcess();
    if (!deps) return starting();
    try {
      checkOrigin(request, deps.env, who);
      const ctx = await contextOf(request);
      if (who === 'member' && ctx.actor.kind === 'anyone') {
        throw new Refusal('unauthenticated', 'Sign in or send a token.');
      }
      const params = await readParams(door.params, route);
      const query = read(door.query, () => queryOf(request));
      const sent = door.body && (await readJson(request, door.mostBytes));
      const body = read(door.body, () => sent);
      const call = { ctx, params, query, body, request } as Call<z.output<P>, z.output<Q>, z.output<B>>;
      return respond(await run(call));
    } catch (error) {
      return failure(error, deps.log);
    }
  };
  return Object.assign(handler, { who, takesJson: door.body !== undefined });
}

/** A browser sends its cookie along with anybody's form; a token alone no browser adds by itself. */
function checkOrigin(request: Request, env: Env, who: 'anyone' | 'member'): void {
  if (!mutating.has(request.method)) return;
  const hasCookie = sessionTokenIn(request.headers, env) !== null;
  const isOpenDoor = who === 'anyone' && bearerIn(request.headers) === null;
  if (!hasCookie && !isOpenDoor) return;
  if (!originFits(request.headers.get('origin'), env)) {
    throw new Refusal('forbidden', `This request must come from a page of ${env.appOrigin}.`);
  }
}

/** An address that cannot exist is not found, like one that does not. */
async function readParams<P extends ZodType>(schema: P | undefined, route: RouteParams): Promise<unknown> {
  const parsed = schema?.safeParse(await route.params);
  if (parsed && !parsed.success) throw notFound('This address');
  return parsed?.data;
}

function read<S extends ZodType>(schema: S | undefined, value: () => unknown): unknown {
  const parsed = schema?.safeParse(value());
  if (parsed && !parsed.success) throw invalid(parsed.error);
  return parsed?.data;
}

/** A parameter given twice becomes a list, which a schema for one value refuses. */
function queryOf(request: Request): Record<string, string | string[]> {
  const found = new URL(request.url).searchParams;
  return Object.fromEntries(
    [...new Set(found.keys())].map((name) => {
      const values = found.getAll(name);
      return [name, values.length === 1 ? String(values[0]) : values];
    }),
  );
}

/** The server listens only when boot is done; this is for the moments around it. */
function starting(): Response {
  const error = { code: 'internal', message: 'Batchdeck is starting or stopping. Try again in a moment.' };
  return respond(answer({ error }, { status: 503, headers: { 'retry-after': '2' } }));
}
