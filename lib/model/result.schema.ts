import { z } from 'zod';
import { conditionsIn, fieldIn, namesInWord } from './answer-field.ts';
import { mostPaths, pathRoots } from './json-path.ts';
import { pageLimit } from './page.schema.ts';
import { flags, outcomes } from './result.ts';
import { type ResultSort, resultSorts, type UsualSort } from './result-query.ts';

const words = z.string().transform((text) => text.split(',').filter((word) => word !== ''));
const tokens = z.coerce.number().int().nonnegative();
const bothWays = resultSorts.flatMap((field): UsualSort[] => [field, `-${field}`]);
const byField = z
  .templateLiteral([z.enum(['answer.', '-answer.']), z.string().max(500)])
  .refine(
    (sort) => fieldIn(sort.replace(/^-/, '')) !== null,
    'Only what an answer itself has can order them.',
  );
const sort: z.ZodType<ResultSort> = z.union([z.enum(bothWays), byField]);

const where = readWord(conditionsIn, 'Conditions are written as [["field","is","value"]].');
const names = readWord(namesInWord, 'Fields are written as ["name"].');

function readWord<T>(read: (word: string) => T | null, problem: string) {
  return z
    .string()
    .max(10_000)
    .transform((word, { addIssue }) => {
      const value = read(word);
      if (value === null) addIssue(problem);
      return value ?? z.NEVER;
    });
}

export const resultsFilterSchema = z.object({
  outcome: words.pipe(z.array(z.enum(outcomes))).optional(),
  flag: words.pipe(z.array(z.enum(flags))).optional(),
  model: words.optional(),
  group: words.optional(),
  tokensMin: tokens.optional(),
  tokensMax: tokens.optional(),
  q: z.string().max(10_000).optional(),
  where: where.optional(),
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

export const resultQuerySchema = resultsFilterSchema.extend({ sort: sort.optional() });
export const resultsQuerySchema = resultQuerySchema.extend({
  cursor: z.string().max(2_000).optional(),
  from: z.coerce.number().int().nonnegative().max(1e9).optional(),
  limit: pageLimit,
  fields: names.optional(),
});

/** A link narrows by what it shows, and searches in nothing. */
export const sharedResultsQuerySchema = resultsQuerySchema.pick({
  outcome: true,
  cursor: true,
  from: true,
  limit: true,
});

export const ordinalSchema = z.coerce.number().int().positive();
