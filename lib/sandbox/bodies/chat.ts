import 'server-only';
import type { BodyOf } from './body.ts';

export const chatBody: BodyOf = ({ params }, { message, finishReason }, { mark, tokens, created }) => ({
  id: `chatcmpl-${mark}`,
  object: 'chat.completion',
  created,
  model: params.model,
  choices: [{ index: 0, message, logprobs: null, finish_reason: finishReason }],
  usage: {
    prompt_tokens: tokens.input,
    completion_tokens: tokens.output,
    total_tokens: tokens.input + tokens.output,
    prompt_tokens_details: { cached_tokens: 0 },
    completion_tokens_details: { reasoning_tokens: tokens.reasoning },
  },
});
