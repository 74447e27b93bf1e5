import { isMembers, type Json, type Members, memberOf } from './json.ts';
import type { Part, Writer } from './turns.ts';

/** OpenAI's Responses: what is said is a message; a call and its result are items of their own. */
export const responsesTurns: Writer = {
  roles: ['user', 'assistant', 'system', 'developer'],
  read(item) {
    if (!isMembers(item)) return null;
    const text = (name: string) => String(memberOf(item, name) ?? '');
    const lone = (role: string, part: Part) => ({
      role,
      parts: [part],
      plain: false,
      style: 'responses' as const,
    });
    if (item.type === 'function_call') {
      const call = { id: text('call_id'), name: text('name'), input: text('arguments') };
      return lone('assistant', { kind: 'call', ...call });
    }
    if (item.type === 'function_call_output') {
      return lone('user', { kind: 'result', id: text('call_id'), text: text('output') });
    }
    const { role, content } = item;
    if (typeof role !== 'string' || !this.roles.includes(role)) return null;
    if (typeof content === 'string') {
      return { role, parts: [{ kind: 'text', text: content }], plain: true, style: 'responses' };
    }
    const parts = Array.isArray(content) ? content.map(readPart) : [null];
    return parts.every((part) => part !== null) ? { role, parts, plain: false, style: 'responses' } : null;
  },
  write({ role, parts, plain }) {
    const said = parts.filter((part) => part.kind === 'text' || part.kind === 'image');
    const items = parts.flatMap((part): Members[] => {
      if (part.kind === 'call') {
        return [{ type: 'function_call', call_id: part.id, name: part.name, arguments: part.input }];
      }
      if (part.kind === 'result') {
        return [{ type: 'function_call_output', call_id: part.id, output: part.text }];
      }
      return [];
    });
    if (said.length === 0 && items.length > 0) return items;
    const [first] = said;
    const isPlain = plain && said.length === 1 && first?.kind === 'text';
    const content = isPlain ? first.text : said.map((part) => writePart(role, part));
    return [{ role, content }, ...items];
  },
};

function readPart(part: Json): Part | null {
  if (!isMembers(part)) return null;
  const text = (name: string) => String(memberOf(part, name) ?? '');
  if (part.type === 'input_text' || part.type === 'output_text') return { kind: 'text', text: text('text') };
  return part.type === 'input_image' ? { kind: 'image', url: text('image_url') } : null;
}

function writePart(role: string, part: Part): Members {
  if (part.kind === 'image') return { type: 'input_image', image_url: part.url };
  const type = role === 'assistant' ? 'output_text' : 'input_text';
  return { type, text: part.kind === 'text' ? part.text : '' };
}
