import type { Dialect } from '#lib/model/connection';

/** In a word, beside the preset's name. */
export function dialectWord(dialect: Dialect): string {
  return { inline: 'inline', openai: 'files and batches', anthropic: 'message batches' }[dialect];
}

/** In a line, where one chooses between them. */
export const dialectNames: Record<Dialect, string> = {
  inline: 'Inline: requests travel in the create call',
  openai: 'OpenAI: a file, then a batch of it',
  anthropic: 'Anthropic: Message Batches',
};
