import { z } from 'zod';

const limit = z.coerce
  .number()
  .int()
  .positive()
  .default(50)
  .transform((value) => Math.min(value, 1_000));

export const filesQuerySchema = z.object({ cursor: z.string().max(200).optional(), limit });
export type FilesQuery = z.infer<typeof filesQuerySchema>;

export const findingsQuerySchema = z.object({ cursor: z.coerce.number().int().min(0).default(0), limit });
export type FindingsQuery = z.infer<typeof findingsQuerySchema>;
