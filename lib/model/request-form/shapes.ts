import type { Dialect } from '#lib/model/connection';
import type { ShapeName } from './form.ts';
import type { Members } from './json.ts';
import type { Param } from './params.ts';
import * as p from './params.ts';

export type Shape = {
  name: ShapeName;
  title: string;
  /** The path each line names; null where lines carry `params`. */
  url: string | null;
  /** In the order they are written. */
  params: Param[];
  /** How a conversation is written; null where there is none. `either` takes what it finds and writes Messages. */
  turns: 'messages' | 'chat' | 'responses' | 'either' | null;
  tools: 'messages' | 'chat' | 'responses' | 'either' | null;
  /** The rules of Anthropic's own API. Where a gateway may well be milder, they are only worth a note. */
  anthropicRules: 'error' | 'warning' | null;
};

const openaiEfforts = ['none', 'minimal', 'low', 'medium', 'high', 'xhigh'];
const nullable = (param: Param): Param => ({ ...param, nullable: true });

const openaiSampling = [
  p.topP,
  p.stop('stop', 4),
  p.penalty('frequency_penalty'),
  p.penalty('presence_penalty'),
  p.seed,
].map(nullable);

/** Infron, Siraya and their like: Messages by their page, Chat Completions by their reference. Written in the page's order. */
const inline: Shape = {
  name: 'inline',
  title: 'Messages',
  url: null,
  params: [
    p.model,
    p.maxTokens,
    p.turns('messages'),
    p.metadata(p.sixteenPairs),
    p.stop('stop_sequences', null),
    p.system('system'),
    p.temperature(2),
    nullable(p.toolChoice),
    p.tools('Tools the model may call, as Messages or as Chat Completions write them.'),
    p.topK,
    p.topP,
    p.thinking('Tokens to think with before the answer. They count towards max_tokens.'),
    p.format('response_format'),
    p.effort(openaiEfforts, 'reasoning_effort'),
  ],
  turns: 'either',
  tools: 'either',
  anthropicRules: 'warning',
};

const anthropic: Shape = {
  name: 'anthropic',
  title: 'Messages',
  url: null,
  params: [
    p.model,
    { ...p.maxTokens, required: true },
    p.turns('messages'),
    p.metadata('Only user_id: an opaque id of the person on whose behalf you ask.'),
    p.stop('stop_sequences', null),
    p.system('system'),
    p.temperature(1),
    p.toolChoice,
    p.tools('Tools the model may call, each with a name and an input_schema.'),
    p.topK,
    p.topP,
    p.thinking('Tokens to think with before the answer: at least 1,024 and fewer than max_tokens.'),
    p.format('output_config', 'format'),
    p.effort(['low', 'medium', 'high', 'xhigh', 'max'], 'output_config', 'effort'),
  ],
  turns: 'messages',
  tools: 'messages',
  anthropicRules: 'error',
};

const chat: Shape = {
  name: 'chat',
  title: 'Chat completions',
  url: '/v1/chat/completions',
  params: [
    p.model,
    p.system('system'),
    p.turns('messages'),
    nullable(p.maxTokens),
    nullable({
      ...p.maxTokens,
      name: 'max_completion_tokens',
      label: 'max_completion_tokens',
      group: 'output',
      help: 'The longest answer with its reasoning. OpenAI’s reasoning models take this in place of max_tokens.',
    }),
    nullable(p.temperature(2)),
    ...openaiSampling,
    nullable(p.metadata(p.sixteenPairs)),
    p.tools('Functions the model may call, each with a JSON schema of its parameters.'),
    p.toolChoice,
    p.parallelToolCalls,
    p.format('response_format'),
    nullable(p.effort(openaiEfforts, 'reasoning_effort')),
    nullable(p.verbosity('verbosity')),
  ],
  turns: 'chat',
  tools: 'chat',
  anthropicRules: null,
};

/** Zhipu's, which counts its versions by itself. */
const chatV4: Shape = { ...chat, name: 'chat-v4', url: '/v4/chat/completions' };

const completions: Shape = {
  name: 'completions',
  title: 'Completions',
  url: '/v1/completions',
  params: [
    p.model,
    {
      name: 'prompt',
      label: 'Prompt',
      group: 'request',
      control: { kind: 'texts' },
      help: 'The text the model goes on from.',
      required: true,
      perRequest: true,
    },
    nullable(p.maxTokens),
    nullable(p.temperature(2)),
    ...openaiSampling,
  ],
  turns: null,
  tools: null,
  anthropicRules: null,
};

const embeddings: Shape = {
  name: 'embeddings',
  title: 'Embeddings',
  url: '/v1/embeddings',
  params: [
    p.model,
    {
      name: 'input',
      label: 'Input',
      group: 'request',
      control: { kind: 'texts' },
      help: 'The text to embed.',
      required: true,
      perRequest: true,
    },
    {
      name: 'dimensions',
      label: 'dimensions',
      group: 'request',
      control: { kind: 'number', whole: true, min: 1 },
      help: 'How many numbers a vector has. Empty for the model’s own size.',
    },
    {
      name: 'encoding_format',
      label: 'encoding_format',
      group: 'request',
      control: { kind: 'choice', options: ['float', 'base64'] },
      help: 'How the vector is written.',
    },
  ],
  turns: null,
  tools: null,
  anthropicRules: null,
};

const responses: Shape = {
  name: 'responses',
  title: 'Responses',
  url: '/v1/responses',
  params: [
    p.model,
    nullable(p.system('instructions')),
    p.turns('input'),
    nullable({ ...p.maxTokens, name: 'max_output_tokens', label: 'max_output_tokens' }),
    nullable(p.temperature(2)),
    nullable(p.topP),
    nullable(p.metadata(p.sixteenPairs)),
    p.tools('Functions the model may call, each with a name and a JSON schema of its parameters.'),
    p.toolChoice,
    nullable(p.parallelToolCalls),
    p.format('text', 'format'),
    p.verbosity('text', 'verbosity'),
    p.effort(openaiEfforts, 'reasoning', 'effort'),
  ],
  turns: 'responses',
  tools: 'responses',
  anthropicRules: null,
};

export const shapes: Record<ShapeName, Shape> = {
  inline,
  anthropic,
  chat,
  'chat-v4': chatV4,
  completions,
  embeddings,
  responses,
};

/** What the lines for a connection may look like: the first is the usual one. A provider names the endpoints it takes. */
export function shapesFor(
  dialect: Dialect,
  endpoints: readonly string[] | null = null,
): [ShapeName, ...ShapeName[]] {
  if (dialect !== 'openai') return [dialect];
  const usual: ShapeName[] = ['chat', 'responses', 'completions', 'embeddings'];
  const taken = [...usual, 'chat-v4' as const].filter((name) => endpoints?.includes(shapes[name].url ?? ''));
  const [first, ...others] = taken.length > 0 ? taken : usual;
  return [first ?? 'chat', ...others];
}

export function paramsNamed(shape: Shape, name: string): Param[] {
  return shape.params.filter((param) => param.name === name);
}

/** What belongs to each request, before anything is written. */
export function blankOwn(name: ShapeName): Members {
  const { params, turns } = shapes[name];
  const own = params.find(({ perRequest }) => perRequest);
  if (!own) return {};
  return { [own.name]: turns === null ? '' : [{ role: 'user', content: '' }] };
}

export function isKnown(shape: Shape, name: string): boolean {
  return shape.params.some((param) => param.name === name);
}
