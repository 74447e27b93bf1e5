import { z } from 'zod';
import { outcomes } from './result.ts';

/** A member of a request's payload that is set anew in every line that is sent again. */
const member = z
  .string()
  .regex(/^[A-Za-z]\w{0,63}$/, 'A parameter is named by letters, digits and underscores.');

/** What is given narrows together; nothing given means all that did not succeed. */
export const retrySchema = z.strictObject({
  outcomes: z.array(z.enum(outcomes)).min(1).optional(),
  group: z.string().min(1).max(100).optional(),
  customIds: z.array(z.string().min(1).max(256)).min(1).max(100_000).optional(),
  overrides: z
    .record(member, z.json())
    .refine(
      (overrides) => Object.keys(overrides).length > 0,
      'Leave `overrides` out to send lines as they were.',
    )
    .optional(),
});
export type Retry = z.infer<typeof retrySchema>;
