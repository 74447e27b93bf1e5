import type { Target } from './outgoing.ts';

/** Names that the providers' own pages show. Any other may be typed. */
const known: Record<string, string[]> = {
  sandbox: ['instant', 'echo', 'slow', 'flaky', 'showcase', 'json'].map((name) => `sandbox/${name}`),
  infron: ['openai/gpt-4o-mini-batch', 'gpt-4o-mini-batch'],
  siraya: ['openai/gpt-4o-mini-batch'],
  openai: [
    'gpt-5',
    'gpt-5-mini',
    'gpt-5-nano',
    'gpt-4.1',
    'gpt-4.1-mini',
    'gpt-4o-mini',
    'text-embedding-3-small',
  ],
  anthropic: ['claude-opus-4-5', 'claude-sonnet-4-5', 'claude-haiku-4-5'],
  groq: ['llama-3.3-70b-versatile', 'llama-3.1-8b-instant'],
};

/** What this connection was lately asked for, then what it is known to have. */
export function modelsFor(target: Target | null, recent: Record<string, string[]>): string[] {
  if (!target) return [];
  const lately = recent[target.id] ?? [];
  const own = known[target.preset] ?? [];
  return [...new Set(target.preset === 'sandbox' ? [...own, ...lately] : [...lately, ...own])];
}
