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
  | { type: 'embedding'; dimensions: number | null; first: number[] }
  | { type: 'error'; code: string | null; message: string }
  | { type: 'json'; value: unknown };

export type Turn = { role: string; blocks: Block[] };

export type Answer = {
  blocks: Block[];
  /** Where a request asked for several answers: the second and later ones. */
  others: Block[][];
  model: string | null;
  finishReason: string | null;
};

/** The turns of one request line, `{custom_id, params}` or `{custom_id, method, url, body}`. */
export function requestTurns(line: unknown): Turn[] {
  const object = asObject(line);
  const body = asObject(object?.params) ?? asObject(object?.body) ?? object;
  if (!body) return [{ role: 'user', blocks: [{ type: 'json', value: line }] }];
  const turns = [...turnsOf('system', body.system ?? body.instructions), ...inputTurns(body)];
  return turns.length > 0 ? turns : [{ role: 'user', blocks: [{ type: 'json', value: body }] }];
}

/** What came back in one result line, whatever its dialect. */
export function answerOf(line: unknown): Answer {
  const object = asObject(line);
  if (!object) return plain([{ type: 'json', value: line }]);
  const failure = errorBlock(object.error);
  if (failure) return plain([failure]);
  const result = asObject(object.result);
  if (result) return anthropicResult(result);
  const response = asObject(object.response);
  if (response) return bodyAnswer(response.body ?? response);
  if (object.custom_id !== undefined) {
    return plain([{ type: 'error', code: null, message: 'The provider gave no answer for this request.' }]);
  }
  return bodyAnswer(object);
}

/** The words of an answer in one string, for previews. */
export function answerText(answer: Answer): string {
  return answer.blocks.map(blockText).filter(Boolean).join(' ');
}

/** Everything an answer says, to search in. */
export function answerWords(answer: Answer): string {
  return [answer.blocks, ...answer.others].flat().map(blockWords).filter(Boolean).join('\n');
}

/** Everything a request says, to search in. */
export function requestWords(line: unknown): string {
  return requestTurns(line)
    .flatMap(({ blocks }) => blocks)
    .map(blockWords)
    .filter(Boolean)
    .join('\n');
}

function inputTurns(body: Loose): Turn[] {
  const messages = asList(body.messages);
  if (messages) return messages.flatMap(messageTurn);
  const items = asList(body.input);
  if (items?.some(asObject)) return items.flatMap(messageTurn);
  const prompts = body.input ?? body.prompt;
  return (asList(prompts) ?? [prompts]).flatMap((prompt) => turnsOf('user', prompt));
}

function messageTurn(message: unknown): Turn[] {
  const object = asObject(message);
  if (!object) return turnsOf('user', message);
  const said = asText(object.type);
  if (object.role === undefined && said && said !== 'message') {
    return [{ role: said.endsWith('_output') ? 'tool' : 'assistant', blocks: partBlocks(object) }];
  }
  const role = asText(object.role) ?? 'user';
  return [{ role, blocks: orJson(messageBlocks(object), message) }];
}

function turnsOf(role: string, content: unknown): Turn[] {
  const blocks = contentBlocks(content);
  return blocks.length > 0 ? [{ role, blocks }] : [];
}

function anthropicResult(result: Loose): Answer {
  if (result.message !== undefined) return bodyAnswer(result.message);
  const failure = errorBlock(result.error);
  if (failure) return plain([failure]);
  const type = asText(result.type);
  if (type === 'expired') return plain([{ type: 'error', code: 'batch_expired', message: expiredWords }]);
  if (type === 'canceled' || type === 'cancelled') {
    return plain([{ type: 'error', code: 'batch_cancelled', message: cancelledWords }]);
  }
  return plain([{ type: 'json', value: result }]);
}

const expiredWords = 'The batch ran out of time before this request was answered.';
const cancelledWords = 'The batch was cancelled before this request was answered.';

function bodyAnswer(body: unknown): Answer {
  const object = asObject(body);
  if (!object) return plain(orJson(contentBlocks(body), body));
  const failure = errorBlock(object.error);
  if (failure) return plain([failure]);
  const model = asText(object.model);
  const choices = asList(object.choices)?.map(asObject);
  if (choices && choices.length > 0) {
    const [first = [], ...others] = choices.map(choiceOrJson);
    return { blocks: first, others, model, finishReason: asText(choices[0]?.finish_reason) };
  }
  const vectors = asList(object.data)?.map((item) => asObject(item)?.embedding);
  if (vectors?.some((vector) => vector !== undefined)) {
    return { ...plain(vectors.map(embeddingBlock)), model };
  }
  const output = asList(object.output);
  const blocks = output
    ? output.flatMap((item) => partBlocks(item))
    : messageBlocks({ ...object, role: 'assistant' });
  return {
    blocks: orJson(blocks, object),
    others: [],
    model,
    finishReason: asText(object.stop_reason) ?? asText(asObject(object.incomplete_details)?.reason),
  };
}

function choiceOrJson(choice: Loose | null): Block[] {
  const blocks = choiceBlocks(choice);
  if (blocks.length > 0) return blocks;
  if (choice?.finish_reason === 'content_filter') return [{ type: 'refusal', text: filteredWords }];
  const words = asObject(choice?.message)?.content ?? choice?.text;
  return words === '' ? [{ type: 'text', text: '' }] : [{ type: 'json', value: choice }];
}

const filteredWords = 'The provider’s filter withheld this answer.';

function choiceBlocks(choice: Loose | null): Block[] {
  if (!choice) return [];
  const message = asObject(choice.message);
  return message ? messageBlocks(message) : contentBlocks(choice.text);
}

function messageBlocks(message: Loose): Block[] {
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

function contentBlocks(content: unknown): Block[] {
  if (content === null || content === undefined || content === '') return [];
  if (typeof content === 'string') return [{ type: 'text', text: content }];
  const parts = asList(content);
  return parts ? parts.flatMap(partBlocks) : partBlocks(content);
}

function partBlocks(part: unknown): Block[] {
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

function embeddingBlock(vector: unknown): Block {
  const numbers = asList(vector);
  if (!numbers) return { type: 'embedding', dimensions: null, first: [] };
  const first = numbers.slice(0, 8).filter((value): value is number => typeof value === 'number');
  return { type: 'embedding', dimensions: numbers.length, first };
}

/** `{code, message}`, `{error: {…}}` however deep, or a bare string. Empty means there was no error. */
function errorBlock(error: unknown, depth = 0): Block | null {
  const words = asText(error);
  if (words) return { type: 'error', code: null, message: words };
  const object = asObject(error);
  if (!object || Object.values(object).every((value) => value === null || value === '')) return null;
  if (object.error && depth < 4) return errorBlock(object.error, depth + 1);
  const code = asText(object.code) ?? asText(object.type) ?? numeral(object.code);
  const message = asText(object.message) ?? asText(object.detail) ?? code ?? jsonText(error);
  return { type: 'error', code, message };
}

function numeral(value: unknown): string | null {
  return typeof value === 'number' ? String(value) : null;
}

function blockWords(block: Block): string {
  return block.type === 'thinking' ? block.text : blockText(block);
}

function blockText(block: Block): string {
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

function plain(blocks: Block[]): Answer {
  return { blocks, others: [], model: null, finishReason: null };
}

function orJson(blocks: Block[], value: unknown): Block[] {
  return blocks.length > 0 ? blocks : [{ type: 'json', value }];
}
