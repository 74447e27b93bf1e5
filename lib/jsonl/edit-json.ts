import { examineJson, type Holder, type Places } from './examine-json.ts';

/** The text of one line with the places of its members, where it can be read. */
export type Editable = { text: string; places: Places; payload: 'params' | 'body' | null };

export function editable(text: string): Editable | null {
  const { broken, tooDeep, places } = examineJson(text);
  if (broken !== null || tooDeep !== null || !text.trimStart().startsWith('{')) return null;
  const isObject = (name: string) => text[places[''].get(name)?.value ?? -1] === '{';
  return { text, places, payload: isObject('params') ? 'params' : isObject('body') ? 'body' : null };
}

/**
 * The same text with one member set to a piece of JSON, or taken out where that is null. All else keeps its very
 * characters: numbers, escapes and spaces too.
 */
export function withMember(
  { text, places }: Editable,
  holder: Holder,
  name: string,
  json: string | null,
): string {
  const place = places[holder].get(name);
  if (place && json !== null) return text.slice(0, place.value) + json + text.slice(place.end);
  if (place) return without(text, place.key, place.end);
  if (json === null) return text;
  const open = holder === '' ? text.indexOf('{') : (places[''].get(holder)?.value ?? -1);
  const isEmpty = /^\s*\}/.test(text.slice(open + 1));
  const member = `${JSON.stringify(name)}:${json}`;
  return `${text.slice(0, open + 1)}${member}${isEmpty ? '' : ','}${text.slice(open + 1)}`;
}

/** Takes the comma before or behind along. */
function without(text: string, from: number, to: number): string {
  const behind = /^\s*,\s*/.exec(text.slice(to))?.[0];
  if (behind !== undefined) return text.slice(0, from) + text.slice(to + behind.length);
  const before = /,\s*$/.exec(text.slice(0, from))?.[0] ?? '';
  return text.slice(0, from - before.length) + text.slice(to);
}
