import 'server-only';
import { z } from 'zod';
import { newConnectionSchema } from '#lib/model/connection.schema';
import { emailSchema, passwordSchema } from '#lib/model/member.schema';
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
export const passwordValueSchema = passwordSchema;

export const provisioningSchema = z.strictObject({
  users: z
    .array(z.strictObject({ email: emailSchema, password: secretSchema, role: z.enum(roles) }))
    .default([]),
  connections: z
    .array(
      newConnectionSchema.extend({
        apiKey: secretSchema.optional(),
        headers: z.record(z.string(), secretSchema).optional(),
      }),
    )
    .default([]),
  tokens: z
    .array(
      z.strictObject({
        name: z.string().trim().min(1).max(100),
        value: secretSchema,
        user: emailSchema,
        connection: z.string().min(1).optional(),
      }),
    )
    .default([]),
});
export type Provisioning = z.infer<typeof provisioningSchema>;
