import { z } from 'zod';
import { getTrackRecord } from '#lib/connections/get-track-record';
import { handle } from '#lib/http/handle';

const params = z.object({ connectionId: z.string() });

export const GET = handle({ params }, ({ ctx, params: { connectionId } }) =>
  getTrackRecord(ctx, connectionId),
);
