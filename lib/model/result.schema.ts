import { z } from 'zod';
import { mostPaths, pathRoots } from './json-path.ts';
import { pageLimit } from './page.schema.ts';
import { flags, outcomes } from './result.ts';
import { type ResultSort, resultSorts } from './result-query.ts';

const words = z.string().transform((text) => text.split(',').filter((word) => word !== ''));
const tokens = z.coerce.number().int().nonnegative();
const bothWays = resultSorts.flatMap((field): ResultSort[] => [field, `-${field}`]);

export const resultsFilterSchema = z.object({
  outcome: words.pipe(z.array(z.enum(outcomes))).optional(),
  flag: words.pipe(z.array(z.enum(flags))).optional(),
  model: words.optional(),
  group: words.optional(),
  tokensMin: tokens.optional(),
  tokensMax: tokens.optional(),
  q: z.string().max(10_000).optional(),
});

const place = z
  .string()
  .max(500)
  .regex(new RegExp(`^(${pathRoots.join('|')})(\\.|$)`), `A column begins with ${pathRoots.join(', ')}.`);
/** `columns` are further columns of a CSV, by their places in the JSON of each row. */
export const exportQuerySchema = resultsFilterSchema.extend({
  bodies: z.stringbool().optional(),
  columns: words.pipe(z.array(place).max(mostPaths)).optional(),
});

export const resultQuerySchema = resultsFilterSchema.extend({ sort: z.enum(bothWays).optional() });
export const resultsQuerySchema = resultQuerySchema.extend({
  cursor: z.string().max(2_000).optional(),
  from: z.coerce.number().int().nonnegative().max(1e9).optional(),
  limit: pageLimit,
});

/** A link narrows by what it shows, and searches in nothing. */
export const sharedResultsQuerySchema = resultsQuerySchema.pick({
  outcome: true,
  cursor: true,
  from: true,
  limit: true,
});

export const ordinalSchema = z.coerce.number().int().positive();
