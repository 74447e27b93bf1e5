import { z } from 'zod';

export const emailSchema = z
  .string()
  .trim()
  .toLowerCase()
  .max(254)
  .pipe(z.email('must be an e-mail address'));

export const passwordSchema = z
  .string()
  .min(8, 'must have at least 8 characters')
  .max(256, 'must have at most 256 characters');

/** Any text may be tried; what it must look like is asked only where a password is made. */
export const signInSchema = z.strictObject({ email: z.string().max(254), password: z.string().max(256) });

export const setupSchema = z.strictObject({
  token: z.string().max(100),
  email: emailSchema,
  password: passwordSchema,
});
