import { z } from 'zod';
import { outcomes } from './result.ts';

const outcome = z
  .string()
  .transform((text) => text.split(',').filter((word) => word !== ''))
  .pipe(z.array(z.enum(outcomes)))
  .default([]);

export const resultsQuerySchema = z.object({
  outcome,
  cursor: z.coerce.number().int().nonnegative().default(0),
  limit: z.coerce
    .number()
    .int()
    .positive()
    .default(50)
    .transform((value) => Math.min(value, 1_000)),
});
export type ResultsQuery = z.infer<typeof resultsQuerySchema>;

export const resultQuerySchema = z.object({ outcome });
export const ordinalSchema = z.coerce.number().int().positive();
