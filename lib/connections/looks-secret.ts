import 'server-only';

const secretName = /key$|token|secret|auth|pass|credential|signature|cookie/i;
const plainWords = /^[a-z]+(?:[-_ ][a-z]+)*$/i;
/** Letters and digits in turn, as chance makes them and no name of a model or region does. */
const random = /(?=[a-z\d]{8})[a-z\d]*?\d[a-z]+\d/i;

/**
 * Whether an answer that repeats this value would give something away. `openai` as the value of a header, or `ollama`
 * as a key, gives nothing away, and stands in models and ids that must come through as they are.
 */
export function looksSecret(header: string, value: string): boolean {
  if (!secretName.test(header)) return random.test(value);
  return value.length >= 16 || (value.length >= 6 && !plainWords.test(value));
}
