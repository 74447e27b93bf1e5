import { isMembers, type Json, sameJson } from './json.ts';
import { chatTurns } from './turns-chat.ts';
import { messagesTurns } from './turns-messages.ts';
import { responsesTurns } from './turns-responses.ts';

/** One piece of what a turn says. */
export type Part =
  | { kind: 'text'; text: string }
  | { kind: 'image'; url: string }
  /** `input` is the text of a JSON object, as far as it is typed. */
  | { kind: 'call'; id: string; name: string; input: string }
  | { kind: 'result'; id: string; text: string };

export type Style = 'messages' | 'chat' | 'responses';

/** A turn of a conversation, whatever the dialect. What no control can show stays the JSON it is. */
export type Turn =
  | {
      role: string;
      parts: Part[];
      /** One text that is written as the text itself, not as a list of one. */
      plain: boolean;
      style: Style;
    }
  | { raw: Json };

export type Writer = {
  /** One written message as a turn; what it cannot take in full may come back differently, which the caller sees. */
  read(message: Json): Turn | null;
  /** One turn as messages: in some dialects a call or its result is a message of its own. */
  write(turn: Exclude<Turn, { raw: Json }>): Json[];
  roles: readonly string[];
};

const writers: Record<Style, Writer> = {
  messages: messagesTurns,
  chat: chatTurns,
  responses: responsesTurns,
};

export type TurnStyle = Style | 'either';

export function stylesOf(style: TurnStyle): Style[] {
  return style === 'either' ? ['messages', 'chat'] : [style];
}

export function rolesOf(style: TurnStyle): string[] {
  return [...new Set(stylesOf(style).flatMap((one) => writers[one].roles))];
}

/** Null where the value is no conversation at all; text alone is one turn of the user, where that is allowed. */
export function readTurns(style: TurnStyle, value: Json | undefined): Turn[] | null {
  if (value === undefined) return [];
  if (style === 'responses' && typeof value === 'string') {
    return [{ role: 'user', parts: [{ kind: 'text', text: value }], plain: true, style: 'responses' }];
  }
  if (!Array.isArray(value)) return null;
  return value.map((message) => readTurn(style, message));
}

export function readTurn(style: TurnStyle, message: Json): Turn {
  for (const one of stylesOf(style)) {
    const turn = isMembers(message) ? writers[one].read(message) : null;
    if (turn && !('raw' in turn) && sameJson(writers[one].write(turn), [message])) return turn;
  }
  return { raw: message };
}

export function writeTurns(style: TurnStyle, turns: readonly Turn[]): Json {
  const [only] = turns;
  if (style === 'responses' && turns.length === 1 && only && !('raw' in only)) {
    const [part] = only.parts;
    if (only.plain && only.role === 'user' && part?.kind === 'text') return part.text;
  }
  return turns.flatMap((turn) => ('raw' in turn ? [turn.raw] : writers[turn.style].write(turn)));
}

export function newTurn(style: TurnStyle, role: string, text = ''): Turn {
  const [first = 'messages'] = stylesOf(style);
  const own = writers[first].roles.includes(role) ? first : (stylesOf(style).at(-1) ?? first);
  return { role, parts: [{ kind: 'text', text }], plain: true, style: own };
}
