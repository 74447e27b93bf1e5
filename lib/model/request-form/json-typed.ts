import type { Json } from './json.ts';

/** What a text says as JSON; text that is none yet is the value itself, for the checks to refuse. */
export function typedJson(text: string): Json {
  try {
    return JSON.parse(text) as Json;
  } catch {
    return text;
  }
}

/** Laid out for a person; somebody's half-typed JSON as it was left. */
export function jsonText(value: Json): string {
  const isTyped = typeof value === 'string' && value.trim() !== '' && typedJson(value) === value;
  return isTyped ? value : JSON.stringify(value, null, 2);
}
