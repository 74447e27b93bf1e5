import { parseExact } from '#lib/jsonl/exact-json';
import { type Block, blockText } from './block.ts';
import { answerOf } from './conversation.ts';

export type Comparable = { text: string; isJson: boolean };

/** What is longer, or nested deeper, is compared as it was written: a stranger's JSON must not cost seconds. */
const mostByValue = 256 * 1024;
const mostDepth = 100;

/** `left` is how many more characters of an answer are parsed. */
type How = { indent?: number; left: number };

/**
 * What a result line says, so that it can be held against another: JSON as its value, with keys in order and one way of
 * spacing, all else as it was written. Two answers are the same where these texts are. Thinking is no part of it.
 */
export function comparable(line: unknown, indent?: number): Comparable {
  const { blocks, others } = answerOf(line);
  const how = { indent, left: mostByValue };
  const said = [blocks, ...others]
    .flat()
    .map((block) => saidIn(block, how))
    .filter(({ text }) => text !== '');
  return {
    text: said.map(({ text }) => text).join('\n'),
    isJson: said.length > 0 && said.every(({ isJson }) => isJson),
  };
}

function saidIn(block: Block, how: How): Comparable {
  switch (block.type) {
    case 'tool_call':
      return { text: `${block.name}(${byValue(block.input, how).text})`, isJson: false };
    case 'json':
      return { text: inOrder(block.value, how.indent) ?? blockText(block), isJson: true };
    case 'image':
      return { text: `(image ${block.url ?? `of ${block.bytes ?? 'unknown'} bytes`})`, isJson: false };
    case 'embedding':
      return { text: `${blockText(block)} ${block.first.join(', ')}`, isJson: false };
    default:
      return byValue(blockText(block), how);
  }
}

function byValue(text: string, how: How): Comparable {
  if (text.length > how.left || !/^\s*[{[]/.test(text)) return { text, isJson: false };
  how.left -= text.length;
  try {
    const value = losesDigits.test(text) ? parseExact(text) : (JSON.parse(text) as unknown);
    const json = inOrder(value, how.indent);
    return json === null ? { text, isJson: false } : { text: json, isJson: true };
  } catch {
    return { text, isJson: false };
  }
}

/** Numbers that JavaScript would round, and a few more. */
const losesDigits = /\d[\d.]{15}|[eE][+-]?\d{3}/;

function inOrder(value: unknown, indent?: number): string | null {
  try {
    return JSON.stringify(sorted(value, mostDepth), null, indent) ?? null;
  } catch {
    return null;
  }
}

const isRaw = (JSON as unknown as { isRawJSON?: (value: unknown) => boolean }).isRawJSON;

function sorted(value: unknown, depth: number): unknown {
  if (typeof value !== 'object' || value === null || isRaw?.(value)) return value;
  if (depth === 0) throw new RangeError('Nested too deep.');
  if (Array.isArray(value)) return value.map((inner) => sorted(inner, depth - 1));
  const entries = Object.entries(value).map(([name, inner]) => [name, sorted(inner, depth - 1)] as const);
  return Object.fromEntries(entries.sort(([a], [b]) => (a < b ? -1 : 1)));
}
