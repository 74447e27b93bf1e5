import { z } from 'zod';
import { handle } from '#lib/http/handle';
import { ordinalSchema } from '#lib/model/result.schema';
import { sharedResult } from '#lib/shares/read-share';

const params = z.object({ token: z.string(), ordinal: ordinalSchema });

export const GET = handle({ who: 'anyone', params }, ({ ctx, params: { token, ordinal } }) =>
  sharedResult(ctx, token, ordinal),
);
