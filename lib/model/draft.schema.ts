import { z } from 'zod';
import { draftIdPattern } from './draft.ts';
import { pageLimit } from './page.schema.ts';
import { type BatchForm, shapeNames } from './request-form/form.ts';
import { isMembers, type Members } from './request-form/json.ts';

const deepest = 200;

/** JSON of any kind, so that what is half right is welcome, but nothing that would break who writes it out again. */
const members = z.custom<Members>(
  (value) => isMembers(value) && isShallow(value, deepest),
  `must be an object, nested ${deepest} levels at most`,
);
const sheet = {
  own: members,
  omit: z.array(z.string().max(200)).max(200),
  extraText: z.string().max(100_000).nullable(),
};

const formSchema: z.ZodType<BatchForm> = z.strictObject({
  shape: z.enum(shapeNames),
  defaults: z.strictObject(sheet),
  requests: z
    .array(z.strictObject({ id: z.string().min(1).max(100), customId: z.string().max(10_000), ...sheet }))
    .max(10_000, 'A draft holds at most 10,000 requests. Bring more as a JSONL file.')
    .refine(
      (requests) => new Set(requests.map(({ id }) => id)).size === requests.length,
      'Two requests have the same id.',
    ),
});

/**
 * Which page writes, and which of its saves this is. A save of the same page whose answer never came does not stand in
 * its way, so it must then say everything, not only what changed.
 */
const writer = z
  .strictObject({ id: z.string().min(1).max(100), save: z.number().int().positive() })
  .optional();

const fields = {
  name: z.string().max(200),
  connection: z.string().max(200).nullable(),
  route: z.string().max(200).nullable(),
  form: formSchema,
};

export const newDraftSchema = z.strictObject({
  /** Chosen by who writes the draft, so that its address is known before the first save is through. */
  id: z.string().regex(draftIdPattern, 'must look like dra_ and 32 hexadecimal digits').optional(),
  name: fields.name.default(''),
  connection: fields.connection.default(null),
  route: fields.route.default(null),
  form: fields.form,
  writer,
});
export type NewDraft = z.infer<typeof newDraftSchema>;

export const draftChangeSchema = z.strictObject({
  revision: z.number().int().positive(),
  name: fields.name.optional(),
  connection: fields.connection.optional(),
  route: fields.route.optional(),
  form: fields.form.optional(),
  writer,
});
export type DraftChange = z.infer<typeof draftChangeSchema>;

export const draftsQuerySchema = z.object({ cursor: z.string().max(200).optional(), limit: pageLimit });
export type DraftsQuery = z.infer<typeof draftsQuerySchema>;

function isShallow(value: unknown, levels: number): boolean {
  if (typeof value !== 'object' || value === null) return true;
  return levels > 0 && Object.values(value).every((inner) => isShallow(inner, levels - 1));
}
