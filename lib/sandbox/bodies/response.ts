import 'server-only';
import type { Message } from '#lib/sandbox/models/reply';
import type { BodyOf } from './body.ts';

/** OpenAI's Responses: a list of items where a chat has one message. */
export const responseBody: BodyOf = ({ params }, { message, finishReason }, { mark, tokens, created }) => {
  const { input, output, reasoning } = tokens;
  const cut = finishReason === 'length' ? 'max_output_tokens' : null;
  const stopped = finishReason === 'content_filter' ? 'content_filter' : cut;
  return {
    id: `resp_${mark}`,
    object: 'response',
    created_at: created,
    status: stopped ? 'incomplete' : 'completed',
    error: null,
    incomplete_details: stopped ? { reason: stopped } : null,
    instructions: params.instructions ?? null,
    max_output_tokens: params.max_output_tokens ?? null,
    model: params.model,
    output: itemsOf(message, mark, stopped ? 'incomplete' : 'completed'),
    parallel_tool_calls: true,
    previous_response_id: null,
    temperature: params.temperature ?? 1,
    text: { format: { type: 'text' } },
    tool_choice: params.tool_choice ?? 'auto',
    tools: params.tools ?? [],
    top_p: params.top_p ?? 1,
    usage: {
      input_tokens: input,
      input_tokens_details: { cached_tokens: 0 },
      output_tokens: output,
      output_tokens_details: { reasoning_tokens: reasoning },
      total_tokens: input + output,
    },
    metadata: params.metadata ?? {},
  };
};

function itemsOf(message: Message, mark: string, status: string): object[] {
  const { reasoning_content: thought, refusal, content, tool_calls: calls = [] } = message;
  const parts = [
    ...(content === null ? [] : [{ type: 'output_text', text: content, annotations: [], logprobs: [] }]),
    ...(refusal ? [{ type: 'refusal', refusal }] : []),
  ];
  return [
    ...(thought
      ? [{ id: `rs_${mark}`, type: 'reasoning', summary: [{ type: 'summary_text', text: thought }] }]
      : []),
    ...(parts.length > 0
      ? [{ id: `msg_${mark}`, type: 'message', status, role: 'assistant', content: parts }]
      : []),
    ...calls.map((call, n) => ({
      id: `fc_${mark}_${n}`,
      type: 'function_call',
      status,
      call_id: call.id,
      name: call.function.name,
      arguments: call.function.arguments,
    })),
  ];
}
