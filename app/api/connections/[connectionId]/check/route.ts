import { z } from 'zod';
import { checkConnection } from '#lib/connections/check-connection';
import { handle } from '#lib/http/handle';

const params = z.object({ connectionId: z.string() });

export const POST = handle({ params }, ({ ctx, params: { connectionId } }) =>
  checkConnection(ctx, connectionId),
);
