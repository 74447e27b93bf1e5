/** Tokens, normalised: `input` and `output` include what is cached or reasoned. Absent is null, never 0. */
export type Usage = {
  input: number | null;
  output: number | null;
  cachedRead: number | null;
  cacheWrite: number | null;
  reasoning: number | null;
  total: number | null;
};

export const noUsage: Usage = {
  input: null,
  output: null,
  cachedRead: null,
  cacheWrite: null,
  reasoning: null,
  total: null,
};

export function addUsage(a: Usage, b: Usage): Usage {
  return {
    input: sum(a.input, b.input),
    output: sum(a.output, b.output),
    cachedRead: sum(a.cachedRead, b.cachedRead),
    cacheWrite: sum(a.cacheWrite, b.cacheWrite),
    reasoning: sum(a.reasoning, b.reasoning),
    total: sum(a.total, b.total),
  };
}

function sum(a: number | null, b: number | null): number | null {
  return a === null ? b : b === null ? a : a + b;
}
