import 'server-only';
import { z } from 'zod';
import { asObject } from '#lib/model/unknown';
import {
  anything,
  looseNumber as number,
  loosePairs as pairs,
  looseText as text,
} from '#lib/providers/loose-fields';

const counts = z.object({ total: number, completed: number, failed: number });

/** The batch object of every server that follows OpenAI: fields may be null, absent or `""`, and all mean nothing. */
const batch = z.object({
  id: text,
  status: text,
  input_file_id: text,
  output_file_id: text,
  error_file_id: text,
  /** A bare number, or counts beside the object's own fields, are Zhipu's and Novita's. */
  request_counts: counts.nullable().catch(null),
  total: number,
  completed: number,
  failed: number,
  created_at: anything,
  expires_at: anything,
  cancelling_at: anything,
  cancelled_at: anything,
  errors: anything,
  error: anything,
  metadata: pairs,
});

export type BatchWire = z.infer<typeof batch>;

/** Null for what names neither a batch nor a status: an error under a 200, say. */
export function parseBatch(value: unknown): BatchWire | null {
  const wrapped = asObject(asObject(value)?.batch);
  const found = batch.safeParse(wrapped ?? value);
  return found.success && (found.data.id !== '' || found.data.status !== '') ? found.data : null;
}

const file = z.object({ id: text, status: text, status_details: anything, error: anything });

export type FileWire = z.infer<typeof file>;

export function parseFile(value: unknown): FileWire | null {
  const found = file.safeParse(value);
  return found.success ? found.data : null;
}
