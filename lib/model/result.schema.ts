import { z } from 'zod';
import { pageLimit } from './page.schema.ts';
import { outcomes } from './result.ts';

const outcome = z
  .string()
  .transform((text) => text.split(',').filter((word) => word !== ''))
  .pipe(z.array(z.enum(outcomes)))
  .default([]);

export const resultsQuerySchema = z.object({
  outcome,
  cursor: z.coerce.number().int().nonnegative().default(0),
  limit: pageLimit,
});
export type ResultsQuery = z.infer<typeof resultsQuerySchema>;

export const resultQuerySchema = z.object({ outcome });
export const ordinalSchema = z.coerce.number().int().positive();
