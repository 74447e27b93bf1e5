import { z } from 'zod';
import { pageLimit } from './page.schema.ts';

export const filesQuerySchema = z.object({
  /** Part of a name, an id or a model. */
  q: z.string().trim().max(200).optional(),
  /** The file they were made from. */
  from: z.string().max(100).optional(),
  cursor: z.string().max(200).optional(),
  limit: pageLimit,
});
export type FilesQuery = z.infer<typeof filesQuerySchema>;

export const findingsQuerySchema = z.object({
  cursor: z.coerce.number().int().min(0).default(0),
  limit: pageLimit,
});
export type FindingsQuery = z.infer<typeof findingsQuerySchema>;
