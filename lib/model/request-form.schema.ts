import { z } from 'zod';

const number = (rule: (value: number) => boolean, message: string) =>
  z
    .string()
    .trim()
    .refine((text) => text === '' || (Number.isFinite(Number(text)) && rule(Number(text))), message);

const pair = z.object({
  key: z.string().trim().min(1, 'Name this pair or remove it.').max(64, 'At most 64 characters.'),
  value: z.string().max(512, 'At most 512 characters.'),
});

/** One request as a person types it: numbers stay text until a line is composed of them. */
export const requestFormSchema = z.object({
  customId: z
    .string()
    .min(1, 'Every request needs a custom_id.')
    .refine((id) => new TextEncoder().encode(id).length <= 256, 'At most 256 bytes.'),
  model: z.string().trim().min(1, 'Choose a model.'),
  system: z.string(),
  message: z.string().refine((text) => text.trim() !== '', 'Write what the model should answer.'),
  maxTokens: number((value) => Number.isInteger(value) && value > 0, 'A whole number above 0, or empty.'),
  temperature: number((value) => value >= 0 && value <= 2, 'A number from 0 to 2, or empty.'),
  stopSequences: z
    .array(z.object({ text: z.string().min(1, 'Write a sequence or remove it.') }))
    .max(4, 'At most 4 stop sequences.'),
  metadata: z
    .array(pair)
    .max(16, 'At most 16 pairs.')
    .superRefine((pairs, context) => {
      pairs.forEach(({ key }, index) => {
        if (pairs.findIndex((other) => other.key === key) < index) {
          context.addIssue({ code: 'custom', path: [index, 'key'], message: 'This name is already used.' });
        }
      });
    }),
});

/** Only the shape: what is half typed is welcome. */
export const requestsShape: z.ZodType<RequestForm[]> = z.array(
  z.object({
    customId: z.string(),
    model: z.string(),
    system: z.string(),
    message: z.string(),
    maxTokens: z.string(),
    temperature: z.string(),
    stopSequences: z.array(z.object({ text: z.string() })),
    metadata: z.array(z.object({ key: z.string(), value: z.string() })),
  }),
);

export const requestsFormSchema = z.object({
  requests: z
    .array(requestFormSchema)
    .min(1, 'Add a request.')
    .superRefine((requests, context) => {
      const first = new Map<string, number>();
      requests.forEach(({ customId }, index) => {
        const other = first.get(customId);
        if (other === undefined) first.set(customId, index);
        else if (customId !== '') {
          const message = `Request ${other + 1} already has this custom_id.`;
          context.addIssue({ code: 'custom', path: [index, 'customId'], message });
        }
      });
    }),
});

export type RequestForm = z.infer<typeof requestFormSchema>;
export type RequestsForm = z.infer<typeof requestsFormSchema>;
