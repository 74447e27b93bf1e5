/** Tokens, normalised: `input` and `output` include what is cached or reasoned. Absent is null, never 0. */
export type Usage = {
  input: number | null;
  output: number | null;
  cachedRead: number | null;
  cacheWrite: number | null;
  reasoning: number | null;
  total: number | null;
};
