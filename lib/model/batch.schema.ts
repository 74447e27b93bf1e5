import { z } from 'zod';
import { type BatchSort, batchSorts } from './batch-sort.ts';
import { pageLimit } from './page.schema.ts';
import { attentions, phases } from './phase.ts';

const name = z.string().trim().min(1, 'Give the batch a name.').max(200);
const tag = z
  .string()
  .trim()
  .min(1)
  .max(50)
  .regex(/^[^,]*$/, 'may not hold a comma');
const tags = z.array(tag).max(20);
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
    .transform(listed)
    .pipe(z.array(z.enum(values as [T, ...T[]])));

/** Comma-separated words, each as it stands. */
const words = z.string().max(2_000).transform(listed);

/** What the list is narrowed to; the same words stand in the address of the page. */
const filterFields = {
  phase: list(phases).optional(),
  attention: z.union([z.literal('any'), list(attentions)]).optional(),
  view: z.enum(['needs-you', 'running', 'today', 'all']).optional(),
  q: z.string().trim().max(200).optional(),
  tag: words.optional(),
  connection: words.optional(),
  owner: words.optional(),
};
export const batchFilterSchema = z.strictObject(filterFields);
export type BatchFilter = z.infer<typeof batchFilterSchema>;

export const batchesQuerySchema = z.object({
  ...filterFields,
  sort: z.enum(batchSorts as [BatchSort, ...BatchSort[]]).default('-created'),
  cursor: z.string().max(1_000).optional(),
  limit: pageLimit,
});
export type BatchesQuery = z.infer<typeof batchesQuerySchema>;

export const decisionSchema = z.union([
  z.strictObject({ partId: z.string(), providerBatchId: z.string().trim().min(1).max(1_024) }),
  z.strictObject({ partId: z.string(), action: z.enum(['resend', 'give_up']) }),
]);
export type Decision = z.infer<typeof decisionSchema>;

export const releaseSchema = z.strictObject({ partIds: z.array(z.string()).min(1).max(1_000).optional() });
export type Release = z.infer<typeof releaseSchema>;

const mostAtOnce = 10_000;
/** Many batches at once: those named, or all that a filter finds, as many as the person was told. */
const whichBatches = {
  ids: z.array(z.string().max(100)).min(1).max(1_000).optional(),
  filter: z.record(z.string(), z.string()).pipe(batchFilterSchema).optional(),
  count: z.number().int().min(1).max(mostAtOnce).optional(),
};
const oneChoice = (which: { ids?: unknown; filter?: unknown; count?: unknown }) =>
  which.ids === undefined
    ? which.filter !== undefined && which.count !== undefined
    : which.filter === undefined;
const pickOne = 'Name `ids`, or a `filter` with the `count` it finds.';

export const bulkChangeSchema = z.union(
  [
    z.strictObject({ ...whichBatches, action: z.enum(['cancel', 'delete']) }).refine(oneChoice, pickOne),
    z
      .strictObject({
        ...whichBatches,
        action: z.literal('tag'),
        add: tags.default([]),
        remove: tags.default([]),
      })
      .refine(oneChoice, pickOne)
      .refine(({ add, remove }) => add.length + remove.length > 0, 'Name a tag to add or to remove.'),
  ],
  'The action must be cancel, delete or tag.',
);
export type BulkChange = z.infer<typeof bulkChangeSchema>;

function listed(text: string): string[] {
  return text.split(',').filter((word) => word !== '');
}
