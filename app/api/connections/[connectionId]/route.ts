import { z } from 'zod';
import { deleteConnection } from '#lib/connections/delete-connection';
import { getConnection } from '#lib/connections/get-connection';
import { updateConnection } from '#lib/connections/update-connection';
import { handle } from '#lib/http/handle';
import { connectionChangeSchema } from '#lib/model/connection.schema';

const params = z.object({ connectionId: z.string() });

export const GET = handle({ params }, ({ ctx, params: { connectionId } }) =>
  getConnection(ctx, connectionId),
);

export const PATCH = handle(
  { params, body: connectionChangeSchema },
  ({ ctx, params: { connectionId }, body }) => updateConnection(ctx, connectionId, body),
);

const query = z.object({ force: z.enum(['0', '1']).default('0') });

export const DELETE = handle({ params, query }, ({ ctx, params: { connectionId }, query: { force } }) =>
  deleteConnection(ctx, connectionId, { force: force === '1' }),
);
