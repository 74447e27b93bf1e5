import { asList, asObject, asText, jsonText, type Loose } from './unknown.ts';

/** What a screen can show of a request or an answer. All text is a stranger's: never HTML. */
export type Block =
  | { type: 'text'; text: string }
  | { type: 'thinking'; text: string }
  | { type: 'tool_call'; id: string | null; name: string; input: string }
  | { type: 'tool_result'; id: string | null; text: string; failed: boolean }
  | { type: 'refusal'; text: string }
  /** Described, never loaded. */
  | { type: 'image'; mediaType: string | null; url: string | null; bytes: number | null }
  | { type: 'embedding'; dimensions: number | null; first: number[]; values: unknown[] | null }
  | { type: 'error'; code: string | null; message: string }
  | { type: 'json'; value: unknown };

export function messageBlocks(message: Loose): Block[] {
  const role = asText(message.role);
  const content = contentBlocks(message.content);
  if (role === 'tool' || role === 'function') {
    const id = asText(message.tool_call_id) ?? asText(message.name);
    return [{ type: 'tool_result', id, text: content.map(blockText).join('\n'), failed: false }];
  }
  const thought = asText(message.reasoning_content) ?? asText(message.reasoning);
  const refusal = asText(message.refusal);
  const calls = asList(message.tool_calls) ?? (message.function_call ? [message.function_call] : []);
  return [
    ...(thought ? [{ type: 'thinking' as const, text: thought }] : []),
    ...content,
    ...(refusal ? [{ type: 'refusal' as const, text: refusal }] : []),
    ...calls.map(toolCall),
  ];
}

export function contentBlocks(content: unknown): Block[] {
  if (content === null || content === undefined || content === '') return [];
  if (typeof content === 'string') return [{ type: 'text', text: content }];
  const parts = asList(content);
  return parts ? parts.flatMap(partBlocks) : partBlocks(content);
}

export function partBlocks(part: unknown): Block[] {
  if (typeof part === 'string') return contentBlocks(part);
  const object = asObject(part);
  if (!object) return [{ type: 'json', value: part }];
  const text = asText(object.text);
  switch (object.type) {
    case 'text':
    case 'input_text':
    case 'output_text':
      return text ? [{ type: 'text', text }] : [];
    case 'thinking':
      return [{ type: 'thinking', text: asText(object.thinking) ?? '' }];
    case 'redacted_thinking':
      return [{ type: 'thinking', text: '(hidden by the provider)' }];
    case 'reasoning':
      return contentBlocks(object.summary).map((block) => ({ type: 'thinking', text: blockText(block) }));
    case 'refusal':
      return [{ type: 'refusal', text: asText(object.refusal) ?? '' }];
    case 'message':
      return contentBlocks(object.content);
    case 'tool_use':
    case 'server_tool_use':
    case 'function_call':
      return [toolCall(object)];
    case 'tool_result':
    case 'function_call_output':
      return [toolResult(object)];
    case 'image':
    case 'image_url':
    case 'input_image':
      return [imageBlock(object)];
    default:
      return [{ type: 'json', value: part }];
  }
}

function toolCall(call: unknown): Block {
  const object = asObject(call) ?? {};
  const inner = asObject(object.function) ?? object;
  const given = inner.arguments ?? inner.input;
  return {
    type: 'tool_call',
    id: asText(object.id) ?? asText(object.call_id),
    name: asText(inner.name) ?? '(unnamed)',
    input: typeof given === 'string' ? given : jsonText(given),
  };
}

function toolResult(part: Loose): Block {
  const content = contentBlocks(part.content ?? part.output);
  return {
    type: 'tool_result',
    id: asText(part.tool_use_id) ?? asText(part.call_id),
    text: content.map(blockText).join('\n'),
    failed: part.is_error === true,
  };
}

function imageBlock(part: Loose): Block {
  const source = asObject(part.source);
  const address =
    asText(asObject(part.image_url)?.url) ?? asText(part.image_url) ?? asText(source?.url) ?? null;
  const inline = address?.startsWith('data:') ? /^data:([^;,]*)[^,]*,(.*)$/s.exec(address) : null;
  const data = inline?.[2] ?? asText(source?.data);
  return {
    type: 'image',
    mediaType: asText(inline?.[1]) ?? asText(source?.media_type),
    url: inline ? null : address,
    bytes: data ? Math.floor((data.replace(/=+$/, '').length * 3) / 4) : null,
  };
}

export function blockWords(block: Block): string {
  return block.type === 'thinking' ? block.text : blockText(block);
}

export function blockText(block: Block): string {
  switch (block.type) {
    case 'text':
    case 'refusal':
    case 'tool_result':
      return block.text;
    case 'thinking':
      return '';
    case 'tool_call':
      return `${block.name}(${block.input})`;
    case 'image':
      return '(image)';
    case 'embedding':
      return `(embedding${block.dimensions ? ` of ${block.dimensions} numbers` : ''})`;
    case 'error':
      return block.message;
    case 'json':
      return jsonText(block.value);
  }
}
