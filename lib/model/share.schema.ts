import { z } from 'zod';
import { shareScopes } from './share.ts';

export const newShareSchema = z.strictObject({
  scope: z.enum(shareScopes),
  expiresAt: z.iso.datetime({ offset: true }).nullable().optional(),
  recipient: z.string().trim().max(200).nullable().optional(),
  redactPrompts: z.boolean().optional(),
});
export type NewShare = z.infer<typeof newShareSchema>;
