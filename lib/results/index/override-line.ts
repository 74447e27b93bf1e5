import 'server-only';
import { examineJson } from '#lib/jsonl/examine-json';

export type Overrides = Record<string, unknown>;

/** A request line with some members of its payload set anew. Every other byte stays as it was: numbers keep their digits. */
export function overrideLine(text: string, overrides: Overrides): string {
  return Object.entries(overrides).reduce((line, [name, value]) => setMember(line, name, value), text);
}

function setMember(text: string, name: string, value: unknown): string {
  const { places } = examineJson(text);
  const payload = places.has('params') ? 'params' : 'body';
  const start = places.get(payload)?.value;
  if (start === undefined) throw new Error('A request line without params or body was to be changed.');
  const written = JSON.stringify(value);
  const member = places.get(`${payload}.${name}`);
  if (member) return text.slice(0, member.value) + written + text.slice(valueEnd(text, member.value));
  const end = valueEnd(text, start) - 1;
  const isEmpty = text.slice(start + 1, end).trim() === '';
  return `${text.slice(0, end)}${isEmpty ? '' : ','}${JSON.stringify(name)}:${written}${text.slice(end)}`;
}

/** Behind the JSON value that begins here, in a text that is known to be JSON. */
function valueEnd(text: string, start: number): number {
  const opening = text.charAt(start);
  if (opening === '"') return stringEnd(text, start);
  if (opening !== '{' && opening !== '[')
    return start + (/[^,}\]\s]*/.exec(text.slice(start))?.[0].length ?? 0);
  let depth = 0;
  for (let i = start; i < text.length; i++) {
    const sign = text.charAt(i);
    if (sign === '"') i = stringEnd(text, i) - 1;
    else if (sign === '{' || sign === '[') depth += 1;
    else if ((sign === '}' || sign === ']') && --depth === 0) return i + 1;
  }
  return text.length;
}

function stringEnd(text: string, start: number): number {
  for (let i = start + 1; i < text.length; i++) {
    if (text.charAt(i) === '\\') i += 1;
    else if (text.charAt(i) === '"') return i + 1;
  }
  return text.length;
}
