import 'server-only';
import { asNumber, asObject, type Loose } from '#lib/model/unknown';
import type { Usage } from '#lib/model/usage';

/** Tokens of any dialect's `usage`, with cached and reasoned ones inside input and output. Absent stays null. */
export function usageOf(value: unknown): Usage | null {
  const usage = asObject(value);
  if (!usage) return null;
  const found = usage.prompt_tokens === undefined ? messagesUsage(usage) : chatUsage(usage);
  return Object.values(found).every((count) => count === null) ? null : found;
}

function chatUsage(usage: Loose): Usage {
  const prompt = asObject(usage.prompt_tokens_details);
  const completion = asObject(usage.completion_tokens_details);
  return withTotal(usage, {
    input: count(usage.prompt_tokens),
    output: count(usage.completion_tokens),
    cachedRead: count(prompt?.cached_tokens) ?? count(usage.prompt_cache_hit_tokens),
    cacheWrite: count(prompt?.cache_write_tokens),
    reasoning: count(completion?.reasoning_tokens),
  });
}

/** Anthropic counts cached input apart; Responses counts it inside and says so in its details. */
function messagesUsage(usage: Loose): Usage {
  const read = count(usage.cache_read_input_tokens);
  const write = count(usage.cache_creation_input_tokens) ?? sumOf(asObject(usage.cache_creation));
  const input = count(usage.input_tokens);
  return withTotal(usage, {
    input: input === null ? null : input + (read ?? 0) + (write ?? 0),
    output: count(usage.output_tokens),
    cachedRead: read ?? count(asObject(usage.input_tokens_details)?.cached_tokens),
    cacheWrite: write,
    reasoning: count(asObject(usage.output_tokens_details)?.reasoning_tokens),
  });
}

function sumOf(parts: Loose | null): number | null {
  const counts = Object.values(parts ?? {}).flatMap((part) => count(part) ?? []);
  return counts.length === 0 ? null : counts.reduce((sum, part) => sum + part, 0);
}

/** Embeddings give input and total and put nothing out: the rest of the total is the output. */
function withTotal(usage: Loose, rest: Omit<Usage, 'total'>): Usage {
  const given = count(usage.total_tokens);
  const left = given !== null && rest.input !== null && given >= rest.input ? given - rest.input : null;
  const output = rest.output ?? left;
  const summed = rest.input === null && output === null ? null : (rest.input ?? 0) + (output ?? 0);
  return { ...rest, output, total: given ?? summed };
}

function count(value: unknown): number | null {
  const number = asNumber(value);
  return number !== null && number >= 0 && Number.isSafeInteger(Math.floor(number))
    ? Math.floor(number)
    : null;
}
