import { z } from 'zod';
import { handle } from '#lib/http/handle';
import { sharedResultsQuerySchema } from '#lib/model/result.schema';
import { sharedResults } from '#lib/shares/read-share';

const params = z.object({ token: z.string() });

export const GET = handle(
  { who: 'anyone', params, query: sharedResultsQuerySchema },
  ({ ctx, params: { token }, query }) => sharedResults(ctx, token, query),
);
