import { existsSync, readFileSync } from 'node:fs';

/** What the walk was told by the product, written down before anything else happens. */
export type Ack = { what: 'file' | 'batch' | 'retry' | 'resend'; id: string };

/** What a person finds in the lists when it is over. */
export type Listed = Record<'files' | 'batches', { id: string }[]>;

/** The whole lines of a journal; none where it was never begun. */
export function linesOf(file: string): string[] {
  return existsSync(file) ? readFileSync(file, 'utf8').split('\n').slice(0, -1) : [];
}

/** What a walk that goes on sends again when its batch is over: every tenth line, with shorter answers. */
export const retry = {
  customIds: Array.from({ length: 30 }, (_, n) => `row-${10 * (n + 1)}`),
  overrides: { max_tokens: 8 },
};

/** The lines of that retry, as they must be sent. */
export function retriedLines(input: string): string {
  const lines = input.split('\n').filter((line) => line !== '' && isRetried(line));
  return lines.map((line) => `${line.replace('"max_tokens":16', '"max_tokens":8')}\n`).join('');
}

export function isRetried(line: string): boolean {
  return retry.customIds.includes((JSON.parse(line) as { custom_id: string }).custom_id);
}
