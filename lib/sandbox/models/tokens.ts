import 'server-only';
import { requestTurns } from '#lib/model/conversation';

/** About four characters of English a token, one of Chinese: near enough for made-up bills. */
export function tokensIn(text: string): number {
  if (!wide.test(text)) return Math.ceil(text.length / 4);
  let quarters = 0;
  for (let i = 0; i < text.length; i++) quarters += text.charCodeAt(i) > 0x2e7f ? 4 : 1;
  return Math.ceil(quarters / 4);
}

const wide = /[\u2e80-\uffff]/;

export function promptTokens(params: object): number {
  return requestTurns({ params }).reduce((sum, turn) => sum + 3 + tokensIn(textOf(turn)), 3);
}

export function textOf(turn: { blocks: { type: string; text?: unknown }[] }): string {
  return turn.blocks
    .map((block) => (typeof block.text === 'string' ? block.text : `(${block.type.replace('_', ' ')})`))
    .join('\n');
}
