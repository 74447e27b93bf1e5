import { effective, requestParams } from './compose.ts';
import type { BatchForm, FormRequest, Sheet } from './form.ts';
import { isMembers, type Json } from './json.ts';
import { shapes } from './shapes.ts';
import { readTurns } from './turns.ts';

/** What a request asks, in one line: its last words to the model. */
export function wordsOf(form: BatchForm, request: FormRequest): string {
  const shape = shapes[form.shape];
  const own = shape.params.find(({ perRequest }) => perRequest);
  const value = own && requestParams(form, request)[own.name];
  if (value === undefined || value === null) return '';
  if (shape.turns === null) return oneLine(typeof value === 'string' ? value : JSON.stringify(value));
  const turns = readTurns(shape.turns, value) ?? [];
  const last = turns.findLast((turn) => !('raw' in turn) && turn.role === 'user') ?? turns.at(-1);
  if (!last) return '';
  if ('raw' in last) return oneLine(JSON.stringify(last.raw));
  return oneLine(
    last.parts
      .map((part) => (part.kind === 'text' || part.kind === 'result' ? part.text : `(${part.kind})`))
      .join(' '),
  );
}

/** All text that a provider reads as prompt, for an estimate of its tokens. */
export function promptText(defaults: Sheet, request: Sheet): string {
  const { system, instructions, messages, input, prompt, tools } = effective(defaults, request);
  return [system, instructions, messages, input, prompt, tools].map(allText).join('\n');
}

/** But for pictures written out as text: those are counted by their size, which nobody here knows. */
function allText(value: Json | undefined): string {
  if (typeof value === 'string') return value.startsWith('data:') ? '' : value;
  if (Array.isArray(value)) return value.map(allText).join('\n');
  return isMembers(value) ? Object.values(value).map(allText).join('\n') : '';
}

function oneLine(text: string): string {
  return text.slice(0, 400).replace(/\s+/g, ' ').trim();
}
