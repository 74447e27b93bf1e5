import 'server-only';
import type { BodyOf } from './body.ts';

export const completionBody: BodyOf = ({ params }, { message, finishReason }, { mark, tokens, created }) => ({
  id: `cmpl-${mark}`,
  object: 'text_completion',
  created,
  model: params.model,
  choices: [{ index: 0, text: message.content ?? '', logprobs: null, finish_reason: finishReason }],
  usage: {
    prompt_tokens: tokens.input,
    completion_tokens: tokens.output,
    total_tokens: tokens.input + tokens.output,
  },
});
