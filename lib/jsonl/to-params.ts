import { parseExact } from './exact-json.ts';
import { isRecord, type Members, type Note, type Record_ } from './members.ts';

/** What chat completions know and the Messages API does not. */
const onlyChat = new Set([
  'audio',
  'frequency_penalty',
  'function_call',
  'functions',
  'logit_bias',
  'logprobs',
  'modalities',
  'n',
  'prediction',
  'presence_penalty',
  'prompt_cache_key',
  'reasoning_effort',
  'response_format',
  'seed',
  'service_tier',
  'store',
  'stream_options',
  'top_logprobs',
  'verbosity',
  'web_search_options',
]);

/** The members of a chat completion as those of the Messages API. What passes unchanged keeps its very text. */
export function toParams(body: Members, note: Note): Members {
  const params: Members = new Map();
  for (const [name, json] of body) {
    if (json === 'null') continue;
    if (onlyChat.has(name)) note(`left out: \`${name}\``);
    else if (name === 'messages') messages(params, json, note);
    else if (name === 'max_completion_tokens') params.set('max_tokens', json);
    else if (name === 'stop') params.set('stop_sequences', json.startsWith('[') ? json : `[${json}]`);
    else if (name === 'tools') params.set(name, tools(json, note));
    else if (name === 'tool_choice') params.set(name, toolChoice(json, body));
    else if (name === 'user' || name === 'safety_identifier') params.set('metadata', metadata(body, json));
    else if (name === 'metadata') params.set(name, params.get('metadata') ?? json);
    else if (name !== 'parallel_tool_calls') params.set(name, json);
  }
  if (body.get('parallel_tool_calls') === 'false' && !body.has('tool_choice')) {
    params.set('tool_choice', toolChoice('"auto"', body));
  }
  if (body.has('messages') && !params.has('max_tokens')) {
    note('`max_tokens` is not set, which Anthropic demands');
  }
  return params;
}

function messages(params: Members, json: string, note: Note): void {
  const given = parseExact(json);
  if (!Array.isArray(given) || given.every(isPlain)) {
    params.set('messages', json);
    return;
  }
  const system: string[] = [];
  const told: Record_[] = [];
  for (const message of given.filter(isRecord)) {
    if ('name' in message && message.role !== 'tool') note('left out: `name` of a message');
    if (message.role === 'system' || message.role === 'developer') {
      if (told.length > 0) note('a system message that stands further down moves to the front');
      system.push(textOf(message.content, note));
    } else if (message.role === 'tool') addToolResult(told, message, note);
    else if (message.role === 'user') told.push({ role: 'user', content: contentOf(message.content, note) });
    else if (message.role === 'assistant') told.push({ role: 'assistant', content: answerOf(message, note) });
    else note(`left out: messages of role \`${String(message.role)}\``);
  }
  if (system.length > 0) params.set('system', JSON.stringify(system.join('\n\n')));
  params.set('messages', JSON.stringify(told));
}

/** Two fields and words alone: such a message is the same in both. */
function isPlain(message: unknown): boolean {
  if (!isRecord(message) || typeof message.content !== 'string') return false;
  return (message.role === 'user' || message.role === 'assistant') && Object.keys(message).length === 2;
}

/** Results of tools stand together in one message of the user. */
function addToolResult(told: Record_[], message: Record_, note: Note): void {
  const block = {
    type: 'tool_result',
    tool_use_id: message.tool_call_id,
    content: textOf(message.content, note),
  };
  const before = told.at(-1)?.content;
  const [first] = Array.isArray(before) ? before : [];
  if (isRecord(first) && first.type === 'tool_result') (before as unknown[]).push(block);
  else told.push({ role: 'user', content: [block] });
}

function contentOf(content: unknown, note: Note): unknown {
  return Array.isArray(content) ? content.filter(isRecord).flatMap((part) => blockOf(part, note)) : content;
}

function answerOf(message: Record_, note: Note): unknown {
  const { content, tool_calls: calls, function_call: old, audio } = message;
  if (old !== undefined) note('left out: `function_call` of a message');
  if (audio) note('left out: `audio` of a message');
  if (!Array.isArray(calls)) return contentOf(content ?? '', note);
  const words =
    typeof content === 'string' && content !== ''
      ? [{ type: 'text', text: content }]
      : contentOf(content, note);
  return [
    ...(Array.isArray(words) ? words : []),
    ...calls.filter(isRecord).map((call) => toolUse(call, note)),
  ];
}

function toolUse({ id, function: called }: Record_, note: Note): Record_ {
  const { name, arguments: text } = isRecord(called) ? called : {};
  let input: unknown = {};
  try {
    input = parseExact(String(text));
  } catch {
    note('left out: arguments of a tool call that are no JSON');
  }
  return { type: 'tool_use', id, name, input };
}

function blockOf(part: Record_, note: Note): Record_[] {
  switch (part.type) {
    case 'text':
      return [{ type: 'text', text: part.text }];
    case 'refusal':
      return [{ type: 'text', text: part.refusal }];
    case 'image_url':
      return [imageBlock(part.image_url, note)];
    case 'input_audio':
    case 'file':
      note(`left out: content of type \`${part.type}\``);
      return [];
    default:
      return [part];
  }
}

function imageBlock(image: unknown, note: Note): Record_ {
  const { url, detail } = isRecord(image) ? image : {};
  if (detail !== undefined && detail !== 'auto') note('left out: `detail` of an image');
  const [, media, data] = /^data:([^;,]+);base64,(.*)$/s.exec(String(url)) ?? [];
  const source = data === undefined ? { type: 'url', url } : { type: 'base64', media_type: media, data };
  return { type: 'image', source };
}

function textOf(content: unknown, note: Note): string {
  if (!Array.isArray(content)) return typeof content === 'string' ? content : '';
  return content
    .filter(isRecord)
    .flatMap((part) => {
      if (part.type !== 'text')
        note(`left out: content of type \`${String(part.type)}\` where only text may stand`);
      return part.type === 'text' ? [String(part.text)] : [];
    })
    .join('\n\n');
}

function tools(json: string, note: Note): string {
  const given = parseExact(json);
  if (!Array.isArray(given)) return json;
  const kept = given.filter(isRecord).flatMap((tool) => {
    if (tool.type !== 'function') {
      if ('input_schema' in tool) return [tool];
      note(`left out: tools of type \`${String(tool.type)}\``);
      return [];
    }
    const { name, description, parameters, strict } = isRecord(tool.function) ? tool.function : {};
    if (strict === true) note('left out: `strict` of a tool');
    const schema = parameters ?? { type: 'object', properties: {} };
    return [{ name, ...(description !== undefined && { description }), input_schema: schema }];
  });
  return JSON.stringify(kept);
}

function toolChoice(json: string, body: Members): string {
  const choice = parseExact(json);
  const words: Record<string, string> = { auto: 'auto', required: 'any', none: 'none' };
  const called = isRecord(choice) && isRecord(choice.function) ? choice.function : null;
  const type = called ? 'tool' : (words[String(choice)] ?? (isRecord(choice) ? choice.type : 'auto'));
  const alone = body.get('parallel_tool_calls') === 'false' && { disable_parallel_tool_use: true };
  return JSON.stringify({ type, ...(called && { name: called.name }), ...alone });
}

function metadata(body: Members, user: string): string {
  const given = parseExact(body.get('metadata') ?? '{}');
  return JSON.stringify({ ...(isRecord(given) ? given : {}), user_id: JSON.parse(user) as unknown });
}
