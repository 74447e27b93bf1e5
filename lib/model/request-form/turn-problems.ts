import { isMembers, type Json } from './json.ts';
import { typedJson } from './json-typed.ts';
import { type Part, readTurns, type Turn, type TurnStyle } from './turns.ts';

export type ValueProblem = { path: PropertyKey[]; message: string };

const nothing = 'Write what the model should answer.';

/** What keeps a conversation from being sent. Turns no control can show are the provider's to judge. */
export function turnProblems(style: TurnStyle, value: Json): ValueProblem[] {
  const turns = readTurns(style, value);
  if (!turns) return [{ path: [], message: 'A list of messages.' }];
  if (turns.length === 0) return [{ path: [], message: nothing }];
  return turns.flatMap((turn, n) => problemsOf(turn, n));
}

function problemsOf(turn: Turn, n: number): ValueProblem[] {
  const which = n === 0 ? '' : `Message ${n + 1}: `;
  const say = (message: string) => ({
    path: [n],
    message: which === '' ? message : `${which}${small(message)}`,
  });
  if ('raw' in turn) return isMembers(turn.raw) ? [] : [say('Not a message yet.')];
  const { parts } = turn;
  if (!parts.some(saysSomething)) return [say(turn.role === 'user' ? nothing : 'Write what was said.')];
  return parts.flatMap((part) => partProblem(part) ?? []).map(say);
}

function saysSomething(part: Part): boolean {
  return part.kind !== 'text' || part.text.trim() !== '';
}

function partProblem(part: Part): string | null {
  if (part.kind === 'image') {
    return /^(https?:\/\/\S+|data:image\/[\w.+-]+;base64,\S+)$/.test(part.url)
      ? null
      : 'Give the image’s address, beginning with https://.';
  }
  if (part.kind === 'result') return part.id === '' ? 'Name the tool call this is the result of.' : null;
  if (part.kind !== 'call') return null;
  if (part.id === '' || part.name === '') return 'A tool call needs an id and the tool’s name.';
  return isMembers(typedJson(part.input)) ? null : 'What a tool is called with is a JSON object.';
}

function small(text: string): string {
  return text.charAt(0).toLowerCase() + text.slice(1);
}
