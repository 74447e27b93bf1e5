import { z } from 'zod';
import { dialects } from './connection.ts';
import { presets } from './preset.ts';

const presetNames = presets.map(({ name }) => name);
const headerName = z
  .string()
  .toLowerCase()
  .regex(/^[a-z0-9!#$%&'*+.^_`|~-]{1,100}$/, 'is not a header name');
/** What the product sets itself, or what would change how the request travels. */
const ownHeaders = [
  'host',
  'content-length',
  'content-type',
  'transfer-encoding',
  'connection',
  'cookie',
  'accept-encoding',
  'expect',
  'keep-alive',
  'te',
  'trailer',
  'upgrade',
  '__proto__',
];
const customHeader = headerName.refine((name) => !ownHeaders.includes(name), 'is set by Batchdeck itself');
const headerValue = z.string().regex(/^[\x20-\x7e]{1,2000}$/, 'may hold printable ASCII only');

const fields = {
  name: z
    .string()
    .trim()
    .min(1, 'Give the connection a name.')
    .max(100)
    .regex(/^(?!con_)/, 'may not begin with con_, as ids do'),
  baseUrl: z.string().trim().max(500),
  apiKey: z
    .string()
    .trim()
    .min(1)
    .max(1_000)
    .regex(/^[\x21-\x7e]+$/, 'A key has no spaces and only ASCII characters.'),
  keyHeader: customHeader,
  headers: z.record(customHeader, headerValue),
  limits: z.strictObject({
    requests: z.number().int().positive().nullable().optional(),
    bytes: z.number().int().positive().nullable().optional(),
    customIdPattern: z
      .string()
      .min(1)
      .max(200)
      .refine(isPattern, 'is no regular expression')
      .nullable()
      .optional(),
  }),
  discount: z.number().min(0).max(1).nullable(),
  completionWindow: z
    .string()
    .regex(/^(\d{1,3}[hd]|[a-z]{2,20})$/, 'must look like 24h or 7d, or be a word your provider knows')
    .nullable(),
};

/** Strict: a field nobody knows, `api_base` say, is refused rather than ignored. */
export const newConnectionSchema = z.strictObject({
  name: fields.name,
  preset: z.enum(presetNames as [string, ...string[]], `must be one of ${presetNames.join(', ')}`),
  dialect: z.enum(dialects).optional(),
  baseUrl: fields.baseUrl.optional(),
  apiKey: fields.apiKey.optional(),
  keyHeader: fields.keyHeader.optional(),
  headers: fields.headers.optional(),
  limits: fields.limits.optional(),
  discount: fields.discount.optional(),
  completionWindow: fields.completionWindow.optional(),
});
export type NewConnection = z.infer<typeof newConnectionSchema>;

/** Headers are patched: one that is named is set or, with null, removed; the others stay. */
export const connectionChangeSchema = newConnectionSchema
  .omit({ preset: true, dialect: true })
  .partial()
  .extend({ headers: z.record(customHeader, headerValue.nullable()).optional() });
export type ConnectionChange = z.infer<typeof connectionChangeSchema>;

export const pauseSchema = z.strictObject({ why: z.string().trim().max(200).default('') });
export type Pause = z.infer<typeof pauseSchema>;

function isPattern(text: string): boolean {
  try {
    return new RegExp(text, 'u') instanceof RegExp;
  } catch {
    return false;
  }
}
