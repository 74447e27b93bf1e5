import { existsSync, readFileSync } from 'node:fs';

/** What the walk was told by the product, written down before anything else happens. */
export type Ack = { what: 'file' | 'batch' | 'resend'; id: string };

/** What a person finds in the lists when it is over. */
export type Listed = Record<'files' | 'batches', { id: string }[]>;

/** The whole lines of a journal; none where it was never begun. */
export function linesOf(file: string): string[] {
  return existsSync(file) ? readFileSync(file, 'utf8').split('\n').slice(0, -1) : [];
}
