import { createConnection } from '#lib/connections/create-connection';
import { listConnections } from '#lib/connections/list-connections';
import { answer, handle } from '#lib/http/handle';
import { idempotencyKey } from '#lib/http/idempotency-key';
import { newConnectionSchema } from '#lib/model/connection.schema';

export const GET = handle({}, async ({ ctx }) => ({ items: await listConnections(ctx), nextCursor: null }));

export const POST = handle({ body: newConnectionSchema }, async ({ ctx, body, request }) =>
  answer(await createConnection(ctx, body, { key: idempotencyKey(request) }), { status: 201 }),
);
