import { z } from 'zod';
import { pageLimit } from './page.schema.ts';

export const filesQuerySchema = z.object({ cursor: z.string().max(200).optional(), limit: pageLimit });
export type FilesQuery = z.infer<typeof filesQuerySchema>;

export const findingsQuerySchema = z.object({
  cursor: z.coerce.number().int().min(0).default(0),
  limit: pageLimit,
});
export type FindingsQuery = z.infer<typeof findingsQuerySchema>;
