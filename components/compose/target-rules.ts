import { type LineRules, rulesOf } from '#lib/jsonl/line-rules';
import type { Connection } from '#lib/model/connection';

/** What a connection demands of a file's lines, as far as the page knows it. */
export function targetRules({ dialect, limits }: Pick<Connection, 'dialect' | 'limits'>): LineRules {
  const isOpenai = dialect === 'openai';
  const lines = isOpenai ? 'openai' : 'params';
  const usual = {
    lines,
    maxRequests: null,
    maxBytes: null,
    mixedModels: true,
    mixedEndpoints: !isOpenai,
  } as const;
  return rulesOf(usual, limits);
}
