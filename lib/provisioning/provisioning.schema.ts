import 'server-only';
import { z } from 'zod';
import { newConnectionSchema } from '#lib/model/connection.schema';
import { emailSchema } from '#lib/model/member.schema';
import { roles } from '#lib/model/role';

/** A secret as it may stand in the file: itself, or where to find it. */
export const secretSchema = z.union([
  z.string().min(1),
  z.strictObject({ env: z.string().min(1) }),
  z.strictObject({ file: z.string().min(1) }),
]);
export type Secret = z.infer<typeof secretSchema>;

export const tokenValueSchema = z
  .string()
  .regex(/^bd_[A-Za-z0-9_-]{16,200}$/, 'must be bd_ and 16 to 200 of A–Z a–z 0–9 _ -');

export const provisioningSchema = z.strictObject({
  users: each('email', z.strictObject({ email: emailSchema, password: secretSchema, role: z.enum(roles) })),
  connections: each(
    'name',
    newConnectionSchema.extend({
      apiKey: secretSchema.optional(),
      headers: z.record(z.string(), secretSchema).optional(),
    }),
  ),
  tokens: each(
    'name',
    z.strictObject({
      name: z.string().trim().min(1).max(100),
      value: secretSchema,
      user: emailSchema,
      connection: z.string().min(1).optional(),
    }),
  ),
});
export type Provisioning = z.infer<typeof provisioningSchema>;

/** Entries are matched by one field: said twice, the two would undo each other at every start. */
function each<K extends string, S extends z.ZodType<Record<K, string>>>(field: K, entry: S) {
  return z
    .array(entry)
    .refine(
      (entries) => new Set(entries.map((one) => one[field])).size === entries.length,
      `each ${field} may stand here once`,
    )
    .default([]);
}
