import { z } from 'zod';

const edit = z.object({ line: z.number().int().positive(), text: z.string().nullable() });
const json = z.string().refine(isJson, 'is not JSON');

const repair = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('edit_lines'), lines: z.array(edit).min(1).max(1_000) }),
  z.object({ kind: z.literal('drop_bad_lines') }),
  z.object({ kind: z.literal('add_ids') }),
  z.object({ kind: z.literal('unique_ids') }),
  z.object({ kind: z.literal('strip_bom') }),
  z.object({ kind: z.literal('newlines') }),
  z.object({ kind: z.literal('set_model'), model: z.string().trim().min(1).max(200) }),
  z.object({
    kind: z.literal('set_parameter'),
    name: z.string().min(1).max(100),
    json: json.nullable(),
  }),
  z.discriminatedUnion('to', [
    z.object({
      kind: z.literal('convert'),
      to: z.literal('openai'),
      url: z.string().startsWith('/').max(200).nullable(),
    }),
    z.object({ kind: z.literal('convert'), to: z.literal('params'), style: z.enum(['messages', 'chat']) }),
  ]),
]);

/** With `preview` nothing is kept, and the answer is what would change. */
export const repairOrderSchema = z.strictObject({
  repairs: z.array(repair).min(1).max(20),
  name: z.string().min(1).max(300).optional(),
  preview: z.boolean().optional(),
});
export type RepairOrder = z.infer<typeof repairOrderSchema>;

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}
