import 'server-only';
import { requestTurns } from '#lib/model/conversation';
import { asNumber } from '#lib/model/unknown';
import { courseOf } from '#lib/sandbox/course';
import type { Model, SandboxRequestLine } from './reply.ts';
import { textOf, tokensIn } from './tokens.ts';

/** Says what it was asked, so that a request and its answer can be told to belong together. */
export const echo: Model = {
  course: courseOf(10_000),
  fate: () => 'answered',
  reply(request) {
    const whole = wordsFor(request);
    const { max_tokens, max_completion_tokens, max_output_tokens } = request.params;
    const limit = asNumber(max_tokens) ?? asNumber(max_completion_tokens) ?? asNumber(max_output_tokens);
    const truncated = limit !== null && limit > 0 && tokensIn(whole) > limit;
    const content = truncated ? whole.slice(0, Math.max(1, Math.floor(limit)) * 4).toWellFormed() : whole;
    return {
      kind: 'answer',
      message: { role: 'assistant', content, refusal: null },
      finishReason: truncated ? 'length' : 'stop',
    };
  },
};

function wordsFor(request: SandboxRequestLine): string {
  const turns = requestTurns({ params: request.params });
  const asked = turns.findLast((turn) => turn.role === 'user');
  const system = turns.find((turn) => turn.role === 'system');
  return [
    'You wrote:',
    quoted(asked ? textOf(asked) : '(no message from a user)'),
    ...(system ? ['under the system prompt:', quoted(textOf(system))] : []),
    `The sandbox repeats it as \`${String(request.params.model)}\` for \`${request.custom_id}\`. No language model was called and nothing was charged.`,
  ].join('\n\n');
}

function quoted(text: string): string {
  return text.slice(0, 4_000).replace(/^/gm, '> ');
}
