import { parseExact } from './exact-json.ts';
import { isRecord, type Members, type Note, type Record_ } from './members.ts';

/** What the Messages API knows and chat completions do not. */
const onlyMessages = new Set([
  'top_k',
  'thinking',
  'container',
  'context_management',
  'mcp_servers',
  'service_tier',
]);

/** The members of a `params` object as those of a chat completion. What passes unchanged keeps its very text. */
export function toOpenai(params: Members, note: Note): Members {
  const body: Members = new Map();
  const system = params.get('system');
  for (const [name, json] of params) {
    if (name === 'system') continue;
    if (name === 'messages') body.set(name, messages(json, system, note));
    else if (onlyMessages.has(name) && json !== 'null') note(`left out: \`${name}\``);
    else if (name === 'stop_sequences') setSome(body, 'stop', json);
    else if (name === 'tools') setSome(body, name, tools(json, note));
    else if (name === 'tool_choice') toolChoice(body, json, note);
    else if (name === 'metadata') metadata(body, json);
    else if (!onlyMessages.has(name)) body.set(name, json);
  }
  if (system !== undefined && !params.has('messages')) body.set('system', system);
  return body;
}

/** Absent, null and an empty list say the same. */
function setSome(body: Members, name: string, json: string): void {
  if (!/^(null|\[\s*\])$/.test(json)) body.set(name, json);
}

function messages(json: string, system: string | undefined, note: Note): string {
  const given = parseExact(json);
  const told = system === undefined ? '' : textOf(parseExact(system), note);
  if (!Array.isArray(given)) return json;
  const isPlain = given.every((message) => !isRecord(message) || !Array.isArray(message.content));
  const head = told === '' ? [] : [{ role: 'system', content: told }];
  if (isPlain && head.length === 0) return json;
  return JSON.stringify([...head, ...given.flatMap((message) => messageOf(message, note))]);
}

function messageOf(message: unknown, note: Note): unknown[] {
  if (!isRecord(message) || !Array.isArray(message.content)) return [message];
  const blocks = message.content.filter(isRecord);
  const parts = blocks.flatMap((block) => partOf(block, note));
  if (message.role !== 'assistant') {
    const results = blocks
      .filter(({ type }) => type === 'tool_result')
      .map((block) => toolMessage(block, note));
    return parts.length > 0 ? [...results, { ...message, content: parts }] : results;
  }
  const calls = blocks.filter(({ type }) => type === 'tool_use').map(toolCall);
  const text = parts.every(({ type }) => type === 'text') ? parts.map(({ text }) => text).join('') : parts;
  return [
    {
      ...message,
      content: text === '' || text.length === 0 ? null : text,
      ...(calls.length > 0 && { tool_calls: calls }),
    },
  ];
}

function partOf(block: Record_, note: Note): Record_[] {
  if ('cache_control' in block) note('left out: `cache_control`');
  switch (block.type) {
    case 'text':
      return [{ type: 'text', text: block.text }];
    case 'image':
      return imagePart(block.source, note);
    case 'tool_use':
    case 'tool_result':
      return [];
    case 'image_url':
    case 'input_audio':
    case 'file':
    case 'refusal':
      return [block];
    default:
      note(`left out: content of type \`${String(block.type)}\``);
      return [];
  }
}

function imagePart(source: unknown, note: Note): Record_[] {
  const { type, url, media_type: media, data } = isRecord(source) ? source : {};
  if (type === 'url') return [{ type: 'image_url', image_url: { url } }];
  if (type === 'base64') return [{ type: 'image_url', image_url: { url: `data:${media};base64,${data}` } }];
  note('left out: images that are neither an address nor base64');
  return [];
}

function toolCall({ id, name, input }: Record_): Record_ {
  return { id, type: 'function', function: { name, arguments: JSON.stringify(input ?? {}) } };
}

function toolMessage({ tool_use_id: id, content, is_error: isError }: Record_, note: Note): Record_ {
  if (isError === true) note('left out: `is_error` of a tool result');
  return { role: 'tool', tool_call_id: id, content: textOf(content ?? '', note) };
}

/** A text, or a list of blocks of text. */
function textOf(content: unknown, note: Note): string {
  if (typeof content === 'string') return content;
  if (!Array.isArray(content)) return '';
  const texts = content.filter(isRecord).flatMap((block) => {
    if (block.type !== 'text')
      note(`left out: content of type \`${String(block.type)}\` where only text may stand`);
    else if ('cache_control' in block) note('left out: `cache_control`');
    return block.type === 'text' ? [String(block.text)] : [];
  });
  return texts.join('\n\n');
}

function tools(json: string, note: Note): string {
  const given = parseExact(json);
  if (!Array.isArray(given)) return json;
  const kept = given.filter(isRecord).flatMap((tool) => {
    if (tool.type === 'function') return [tool];
    if (tool.type !== undefined && tool.type !== 'custom') {
      note(`left out: tools of type \`${String(tool.type)}\``);
      return [];
    }
    if ('cache_control' in tool) note('left out: `cache_control`');
    const { name, description, input_schema: parameters } = tool;
    return [
      { type: 'function', function: { name, ...(description !== undefined && { description }), parameters } },
    ];
  });
  return JSON.stringify(kept);
}

function toolChoice(body: Members, json: string, note: Note): void {
  const choice = parseExact(json);
  if (!isRecord(choice)) {
    if (choice !== null) body.set('tool_choice', json);
    return;
  }
  if (choice.disable_parallel_tool_use === true) body.set('parallel_tool_calls', 'false');
  const words: Record<string, string> = { auto: 'auto', any: 'required', none: 'none' };
  const word = words[String(choice.type)];
  if (word) body.set('tool_choice', JSON.stringify(word));
  else if (choice.type === 'tool') {
    body.set('tool_choice', JSON.stringify({ type: 'function', function: { name: choice.name } }));
  } else if (choice.type === 'function') body.set('tool_choice', json);
  else note('left out: `tool_choice`');
}

function metadata(body: Members, json: string): void {
  const given = parseExact(json);
  if (!isRecord(given) || typeof given.user_id !== 'string') {
    if (given !== null) body.set('metadata', json);
    return;
  }
  const { user_id: user, ...rest } = given;
  body.set('user', JSON.stringify(user));
  if (Object.keys(rest).length > 0) body.set('metadata', JSON.stringify(rest));
}
