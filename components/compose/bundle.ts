import { createSha256 } from '#lib/jsonl/sha256';
import { composeLines } from '#lib/model/request-form/compose';
import type { BatchForm } from '#lib/model/request-form/form';
import type { Bundle } from './use-create.ts';

/** The form as the file it is sent as. */
export function bundleOf(form: BatchForm, name: string): Bundle {
  const bytes = new TextEncoder().encode(composeLines(form));
  const hash = createSha256();
  hash.update(bytes);
  return { body: new Blob([bytes]), fileName: `${name.trim()}.jsonl`, sha256: hash.digest() };
}
