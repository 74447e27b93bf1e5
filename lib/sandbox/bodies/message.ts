import 'server-only';
import type { Message } from '#lib/sandbox/models/reply';
import type { BodyOf } from './body.ts';

/** Anthropic's Message. */
export const messageBody: BodyOf = ({ params }, { message, finishReason }, { mark, tokens }) => ({
  id: `msg_${mark}`,
  type: 'message',
  role: 'assistant',
  model: params.model,
  content: blocksOf(message),
  stop_reason: message.refusal ? 'refusal' : (reasons[finishReason] ?? 'end_turn'),
  stop_sequence: null,
  usage: {
    input_tokens: tokens.input,
    cache_creation_input_tokens: 0,
    cache_read_input_tokens: 0,
    cache_creation: { ephemeral_5m_input_tokens: 0, ephemeral_1h_input_tokens: 0 },
    output_tokens: tokens.output,
    service_tier: 'batch',
  },
});

const reasons: Record<string, string> = {
  length: 'max_tokens',
  tool_calls: 'tool_use',
  content_filter: 'refusal',
};

function blocksOf({
  reasoning_content: thinking,
  content,
  refusal,
  tool_calls: calls = [],
}: Message): object[] {
  const text = content || refusal;
  return [
    ...(thinking ? [{ type: 'thinking', thinking, signature: 'c2FuZGJveA==' }] : []),
    ...(text ? [{ type: 'text', text }] : []),
    ...calls.map((call) => ({
      type: 'tool_use',
      id: call.id.replace('call_', 'toolu_'),
      name: call.function.name,
      input: JSON.parse(call.function.arguments) as unknown,
    })),
  ];
}
