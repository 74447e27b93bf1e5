import { type Block, blockText, blockWords, contentBlocks, messageBlocks, partBlocks } from './block.ts';
import { asList, asObject, asText, jsonText, type Loose } from './unknown.ts';

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

function embeddingBlock(vector: unknown): Block {
  const numbers = asList(vector);
  if (!numbers) return { type: 'embedding', dimensions: null, first: [], values: null };
  const first = numbers.slice(0, 8).filter((value): value is number => typeof value === 'number');
  return { type: 'embedding', dimensions: numbers.length, first, values: numbers };
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

function plain(blocks: Block[]): Answer {
  return { blocks, others: [], model: null, finishReason: null };
}

function orJson(blocks: Block[], value: unknown): Block[] {
  return blocks.length > 0 ? blocks : [{ type: 'json', value }];
}
