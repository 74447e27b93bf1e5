import { isMembers, type Json, type Members, memberOf } from './json.ts';
import type { Part, Writer } from './turns.ts';

/** OpenAI's Chat Completions: calls stand beside the content, each result is a message of the role `tool`. */
export const chatTurns: Writer = {
  roles: ['user', 'assistant', 'system', 'developer', 'tool'],
  read(message) {
    if (!isMembers(message) || typeof message.role !== 'string') return null;
    const { role, content = null } = message;
    if (!this.roles.includes(role)) return null;
    if (role === 'tool') {
      const id = String(memberOf(message, 'tool_call_id') ?? '');
      const result: Part = { kind: 'result', id, text: String(content) };
      return { role, parts: [result], plain: true, style: 'chat' };
    }
    const said = readContent(content);
    const calls = readCalls(memberOf(message, 'tool_calls'));
    if (!said || !calls) return null;
    return { role, parts: [...said, ...calls], plain: typeof content === 'string', style: 'chat' };
  },
  write({ role, parts, plain }) {
    const said = parts.filter((part) => part.kind === 'text' || part.kind === 'image');
    const calls = parts.filter((part) => part.kind === 'call');
    const results = parts.filter((part) => part.kind === 'result');
    const [first] = said;
    const isPlain = plain && said.length === 1 && first?.kind === 'text';
    const content = said.length === 0 ? null : isPlain ? first.text : said.map(writePart);
    const messages: Members[] = results.map(({ id, text }) => ({
      role: 'tool',
      tool_call_id: id,
      content: text,
    }));
    const alone = said.length === 0 && calls.length === 0;
    if (alone && results.length > 0) return messages;
    if (alone && !plain) return [{ role, content: [] }];
    const toolCalls = calls.map(writeCall);
    return [...messages, { role, content, ...(toolCalls.length > 0 ? { tool_calls: toolCalls } : {}) }];
  },
};

function readContent(content: Json): Part[] | null {
  if (content === null) return [];
  if (typeof content === 'string') return [{ kind: 'text', text: content }];
  if (!Array.isArray(content)) return null;
  const parts = content.map(readPart);
  return parts.every((part) => part !== null) ? parts : null;
}

function readPart(part: Json): Part | null {
  if (!isMembers(part)) return null;
  if (part.type === 'text') return { kind: 'text', text: String(memberOf(part, 'text') ?? '') };
  const image = memberOf(part, 'image_url');
  if (part.type !== 'image_url' || !isMembers(image)) return null;
  return { kind: 'image', url: String(memberOf(image, 'url') ?? '') };
}

function writePart(part: Part): Members {
  return part.kind === 'image'
    ? { type: 'image_url', image_url: { url: part.url } }
    : { type: 'text', text: part.kind === 'text' ? part.text : '' };
}

function readCalls(calls: Json | undefined): Part[] | null {
  if (calls === undefined) return [];
  if (!Array.isArray(calls)) return null;
  const parts = calls.map((call): Part | null => {
    const inner = isMembers(call) ? memberOf(call, 'function') : null;
    if (!isMembers(call) || !isMembers(inner)) return null;
    const text = (value: Json | undefined) => (typeof value === 'string' ? value : '');
    return { kind: 'call', id: text(call.id), name: text(inner.name), input: text(inner.arguments) };
  });
  return parts.every((part) => part !== null) ? parts : null;
}

function writeCall(part: Extract<Part, { kind: 'call' }>): Members {
  return { id: part.id, type: 'function', function: { name: part.name, arguments: part.input } };
}
