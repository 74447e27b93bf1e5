import 'server-only';
import { editable, withMember } from '#lib/jsonl/edit-json';

type Overrides = Record<string, unknown>;

/** A request line with some members of its payload set anew. Every other byte stays as it was: numbers keep their digits. */
export function overrideLine(text: string, overrides: Overrides): string {
  return Object.entries(overrides).reduce((line, [name, value]) => setMember(line, name, value), text);
}

function setMember(text: string, name: string, value: unknown): string {
  const line = editable(text);
  if (!line?.payload) throw new Error('A request line without params or body was to be changed.');
  return withMember(line, line.payload, name, JSON.stringify(value));
}
