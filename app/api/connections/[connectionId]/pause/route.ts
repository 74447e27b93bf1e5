import { z } from 'zod';
import { pauseConnection } from '#lib/connections/pause-connection';
import { resumeConnection } from '#lib/connections/resume-connection';
import { handle } from '#lib/http/handle';
import { pauseSchema } from '#lib/model/connection.schema';

const params = z.object({ connectionId: z.string() });

export const POST = handle({ params, body: pauseSchema }, ({ ctx, params: { connectionId }, body }) =>
  pauseConnection(ctx, connectionId, body),
);

export const DELETE = handle({ params }, ({ ctx, params: { connectionId } }) =>
  resumeConnection(ctx, connectionId),
);
