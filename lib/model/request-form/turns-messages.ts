import { isMembers, type Json, type Members, memberOf } from './json.ts';
import { typedJson } from './json-typed.ts';
import type { Part, Writer } from './turns.ts';

/** Anthropic's Messages: every piece is a block of the content. */
export const messagesTurns: Writer = {
  roles: ['user', 'assistant'],
  read(message) {
    if (!isMembers(message) || typeof message.role !== 'string') return null;
    const { role, content } = message;
    if (!this.roles.includes(role)) return null;
    if (typeof content === 'string') {
      return { role, parts: [{ kind: 'text', text: content }], plain: true, style: 'messages' };
    }
    if (!Array.isArray(content)) return null;
    const parts = content.map(readBlock);
    return parts.every((part) => part !== null) ? { role, parts, plain: false, style: 'messages' } : null;
  },
  write({ role, parts, plain }) {
    const [first] = parts;
    const isPlain = plain && parts.length === 1 && first?.kind === 'text';
    return [{ role, content: isPlain ? first.text : parts.map(writeBlock) }];
  },
};

function readBlock(block: Json): Part | null {
  if (!isMembers(block)) return null;
  const text = (name: string) => String(memberOf(block, name) ?? '');
  switch (block.type) {
    case 'text':
      return { kind: 'text', text: text('text') };
    case 'image': {
      const source = memberOf(block, 'source');
      return isMembers(source) ? { kind: 'image', url: String(memberOf(source, 'url') ?? '') } : null;
    }
    case 'tool_use':
      return { kind: 'call', id: text('id'), name: text('name'), input: inputText(memberOf(block, 'input')) };
    case 'tool_result':
      return { kind: 'result', id: text('tool_use_id'), text: text('content') };
    default:
      return null;
  }
}

function writeBlock(part: Part): Members {
  switch (part.kind) {
    case 'text':
      return { type: 'text', text: part.text };
    case 'image':
      return { type: 'image', source: { type: 'url', url: part.url } };
    case 'call':
      return { type: 'tool_use', id: part.id, name: part.name, input: inputJson(part.input) };
    case 'result':
      return { type: 'tool_result', tool_use_id: part.id, content: part.text };
  }
}

/** An object is shown laid out; what is still being typed is text and stays it. */
function inputText(input: Json | undefined): string {
  return typeof input === 'string' ? input : JSON.stringify(input ?? {}, null, 2);
}

function inputJson(text: string): Json {
  const value = typedJson(text);
  return isMembers(value) ? value : text;
}
