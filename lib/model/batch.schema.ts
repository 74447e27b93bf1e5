import { z } from 'zod';
import { pageLimit } from './page.schema.ts';
import { attentions, phases } from './phase.ts';

const name = z.string().trim().min(1, 'Give the batch a name.').max(200);
const tags = z.array(z.string().trim().min(1).max(50)).max(20);
const note = z.string().max(10_000);

const metadata = z
  .record(z.string().min(1).max(64), z.string().max(512))
  .refine((pairs) => Object.keys(pairs).length <= 16, 'At most 16 pairs.');
const headers = z.record(
  z
    .string()
    .toLowerCase()
    .regex(/^[a-z0-9-]{1,100}$/, 'is not a header name'),
  z.string().regex(/^[\x20-\x7e]{1,2000}$/, 'may hold printable ASCII only'),
);

export const newBatchSchema = z.strictObject({
  fileId: z.string().min(1),
  connection: z.string().min(1, 'Choose a connection.'),
  name,
  tags: tags.optional(),
  note: note.optional(),
  endpoint: z.string().max(200).optional(),
  completionWindow: z.string().max(20).optional(),
  metadata: metadata.optional(),
  /** Of the batch's own, sent with each of its calls: only what the preset calls public. */
  headers: headers.optional(),
});
export type NewBatch = z.infer<typeof newBatchSchema>;

export const batchChangeSchema = z
  .strictObject({ name: name.optional(), tags: tags.optional(), note: note.nullable().optional() })
  .refine((change) => Object.keys(change).length > 0, 'Nothing to change was given.');
export type BatchChange = z.infer<typeof batchChangeSchema>;

const list = <T extends string>(values: readonly T[]) =>
  z
    .string()
    .transform((text) => text.split(',').filter((word) => word !== ''))
    .pipe(z.array(z.enum(values as [T, ...T[]])));

export const batchesQuerySchema = z.object({
  phase: list(phases).optional(),
  attention: z.union([z.literal('any'), list(attentions)]).optional(),
  view: z.enum(['needs-you', 'running', 'today', 'all']).optional(),
  q: z.string().trim().max(200).optional(),
  tag: z.string().max(50).optional(),
  connection: z.string().max(200).optional(),
  sort: z.enum(['created', '-created']).default('-created'),
  cursor: z.string().max(200).optional(),
  limit: pageLimit,
});
export type BatchesQuery = z.infer<typeof batchesQuerySchema>;

export const decisionSchema = z.union([
  z.strictObject({ partId: z.string(), providerBatchId: z.string().trim().min(1).max(200) }),
  z.strictObject({ partId: z.string(), action: z.enum(['resend', 'give_up']) }),
]);
export type Decision = z.infer<typeof decisionSchema>;

export const releaseSchema = z.strictObject({ partIds: z.array(z.string()).min(1).max(1_000).optional() });
export type Release = z.infer<typeof releaseSchema>;
