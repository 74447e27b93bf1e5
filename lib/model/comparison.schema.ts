import { z } from 'zod';
import { changes } from './comparison.ts';
import { pageLimit } from './page.schema.ts';

const words = z.string().transform((text) => text.split(',').filter((word) => word !== ''));
const attempt = z.coerce.number().int().positive();

/** Which two sides: the batch of the address, whole or one attempt of it, and another. */
const sidesSchema = z.object({
  with: z.string().max(200).optional(),
  attempt: attempt.optional(),
  withAttempt: attempt.optional(),
});

export const pairFilterSchema = sidesSchema.extend({
  show: words.pipe(z.array(z.enum(changes))).optional(),
  q: z.string().max(1_000).optional(),
});

export const pairsQuerySchema = pairFilterSchema.extend({
  cursor: z.coerce.number().int().nonnegative().default(0),
  /** Instead of a cursor: the place of the first pair in the whole list, counted from 0. */
  from: z.coerce.number().int().nonnegative().max(1e9).optional(),
  limit: pageLimit,
});

export const othersQuerySchema = z.object({ q: z.string().max(1_000).optional() });

export type PairFilter = z.output<typeof pairFilterSchema>;
export type PairsQuery = z.output<typeof pairsQuerySchema>;
