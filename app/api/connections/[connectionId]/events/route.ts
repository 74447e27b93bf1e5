import { z } from 'zod';
import { listEvents } from '#lib/audit/list-events';
import { getConnection } from '#lib/connections/get-connection';
import { handle } from '#lib/http/handle';

const params = z.object({ connectionId: z.string() });

export const GET = handle({ params }, async ({ ctx, params: { connectionId } }) => {
  const { id } = await getConnection(ctx, connectionId);
  return { items: await listEvents(ctx, id), nextCursor: null };
});
