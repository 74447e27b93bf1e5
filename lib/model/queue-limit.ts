const words = [
  /token_limit_exceeded/,
  /enqueued (?:tokens?|requests?|prompts?|batch)/,
  /(?:token|request|batch)s? (?:are |is )?(?:already )?(?:enqueued|queued)/,
  /(?:active|concurrent|running|queued|pending|in[- _]progress) (?:batch|batch job|job)(?:es|s)?\b/,
  /batch(?:es)? (?:are |is )?(?:already )?(?:active|running|in progress)/,
  /batch queue/,
];

/**
 * Whether a refusal says that the provider's queue has no room for us just now: its batches of ours must end first.
 * A plain rate limit does not; providers have no common code for it, so their words are read.
 */
export function isQueueFull(said: { code?: string | null; message: string }): boolean {
  const text = `${said.code ?? ''} ${said.message}`.toLowerCase();
  return words.some((form) => form.test(text));
}
