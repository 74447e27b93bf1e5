import { z } from 'zod';

const usualRows = 50;
const mostRows = 1_000;

/** How many rows a page has. What was asked for is clamped and never refused. */
export const pageLimit = z.coerce
  .number()
  .default(usualRows)
  .catch(usualRows)
  .transform((limit) => Math.min(mostRows, Math.max(1, Math.trunc(limit))));

/** A page of a list that does not change: its cursor is how many came before. */
export const placedPageSchema = z.object({
  cursor: z.coerce.number().int().nonnegative().default(0),
  limit: pageLimit,
});
