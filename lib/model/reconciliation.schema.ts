import { z } from 'zod';
import { pageLimit } from './page.schema.ts';
import { mismatchKinds } from './reconciliation.ts';

export const reconciliationQuerySchema = z.object({
  kind: z.enum(mismatchKinds).optional(),
  cursor: z.string().max(40).optional(),
  limit: pageLimit,
});
export type ReconciliationQuery = z.infer<typeof reconciliationQuerySchema>;

/** A line of the base or of a retry, by its number there. */
export const anomalyIdSchema = z.string().regex(/^[br]\d{1,10}$/);
