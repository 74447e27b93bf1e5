import { parseExact } from '#lib/jsonl/exact-json';
import { type Block, blockText } from './block.ts';
import { answerOf } from './conversation.ts';

export type Comparable = { text: string; isJson: boolean };

/**
 * What a result line says, so that it can be held against another: JSON as its value, with keys in order and one way of
 * spacing, all else as it was written. Two answers are the same where these texts are. Thinking is no part of it.
 */
export function comparable(line: unknown, indent?: number): Comparable {
  const { blocks, others } = answerOf(line);
  const said = [blocks, ...others]
    .flat()
    .map((block) => saidIn(block, indent))
    .filter(({ text }) => text !== '');
  return {
    text: said.map(({ text }) => text).join('\n'),
    isJson: said.length > 0 && said.every(({ isJson }) => isJson),
  };
}

function saidIn(block: Block, indent?: number): Comparable {
  switch (block.type) {
    case 'tool_call':
      return { text: `${block.name}(${byValue(block.input, indent).text})`, isJson: false };
    case 'json':
      return { text: inOrder(block.value, indent) ?? blockText(block), isJson: true };
    case 'image':
      return { text: `(image ${block.url ?? `of ${block.bytes ?? 'unknown'} bytes`})`, isJson: false };
    case 'embedding':
      return { text: `${blockText(block)} ${block.first.join(', ')}`, isJson: false };
    default:
      return byValue(blockText(block), indent);
  }
}

function byValue(text: string, indent?: number): Comparable {
  if (!/^\s*[{[]/.test(text)) return { text, isJson: false };
  try {
    const value = losesDigits.test(text) ? parseExact(text) : (JSON.parse(text) as unknown);
    const json = inOrder(value, indent);
    return json === null ? { text, isJson: false } : { text: json, isJson: true };
  } catch {
    return { text, isJson: false };
  }
}

/** Numbers that JavaScript would round. */
const losesDigits = /\d{16}|[eE][+-]?\d{3}/;

function inOrder(value: unknown, indent?: number): string | null {
  try {
    return JSON.stringify(sorted(value), null, indent) ?? null;
  } catch {
    // Nested too deep to be walked.
    return null;
  }
}

const isRaw = (JSON as unknown as { isRawJSON?: (value: unknown) => boolean }).isRawJSON;

function sorted(value: unknown): unknown {
  if (typeof value !== 'object' || value === null || isRaw?.(value)) return value;
  if (Array.isArray(value)) return value.map(sorted);
  const entries = Object.entries(value).map(([name, inner]) => [name, sorted(inner)] as const);
  return Object.fromEntries(entries.sort(([a], [b]) => (a < b ? -1 : 1)));
}
