import 'server-only';
import type { IndexedRow, Place, Sources } from './index-orders.ts';

export type InBlob = Place & { key: string };

/** Where both sides of a result can be read; null for what never came. */
export function placesOf({
  row,
  inputs,
  segments,
}: Sources & { row: Pick<IndexedRow, 'attempt' | 'input' | 'output'> }): {
  request: InBlob;
  response: InBlob | null;
} {
  const { input, output, attempt } = row;
  const key = output && segments[output.segment];
  return {
    request: { key: inputs[attempt] ?? '', ...input },
    response: output && key ? { key, ...output } : null,
  };
}
