import 'server-only';
import { createHash } from 'node:crypto';
import { nanoToDecimal } from '#lib/model/money';
import type { Reply, SandboxRequestLine } from './models/reply.ts';
import { promptTokens, tokensIn } from './models/tokens.ts';

/** One line as OpenAI's batches have it, or nothing where a request is never answered. */
export function resultLine(request: SandboxRequestLine, reply: Reply, created: number): string {
  if (reply.kind === 'silent') return '';
  const mark = createHash('sha256').update(request.custom_id).digest('hex').slice(0, 24);
  const head = { id: `batch_req_${mark}`, custom_id: request.custom_id };
  switch (reply.kind) {
    case 'cancelled':
      return line({ ...head, response: null, error: notRun('batch_cancelled', 'was cancelled') });
    case 'expired':
      return line({ ...head, response: null, error: notRun('batch_expired', 'ran out of time') });
    case 'error':
      return line({ ...head, response: null, error: reply.error });
    case 'refused': {
      const response = { status_code: reply.status, request_id: mark, body: { error: reply.error } };
      return line({ ...head, response, error: null });
    }
    case 'answer': {
      const usage = usageOf(request, reply);
      const body = {
        id: `chatcmpl-${mark}`,
        object: 'chat.completion',
        created,
        model: request.params.model,
        choices: [{ index: 0, message: reply.message, logprobs: null, finish_reason: reply.finishReason }],
        usage,
      };
      const response = { status_code: 200, request_id: mark, body };
      return line({ ...head, response, error: null, demo_cost: priceOf(usage) });
    }
  }
}

/** Python's splitlines breaks at these where JSON does not; escaped, the quickstart's own reader works. */
function line(value: object): string {
  const escaped = (char: string) => `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`;
  return `${JSON.stringify(value).replace(/[\u0085\u2028\u2029]/g, escaped)}\n`;
}

function notRun(code: string, why: string) {
  return { code, message: `This request was not run: the batch ${why} before its turn.` };
}

function usageOf(request: SandboxRequestLine, reply: Extract<Reply, { kind: 'answer' }>) {
  const prompt = promptTokens(request.params);
  const reasoning = tokensIn(String(reply.message.reasoning_content ?? ''));
  const completion = reasoning + tokensIn(JSON.stringify([reply.message.content, reply.message.tool_calls]));
  return {
    prompt_tokens: prompt,
    completion_tokens: completion,
    total_tokens: prompt + completion,
    prompt_tokens_details: { cached_tokens: 0 },
    completion_tokens_details: { reasoning_tokens: reasoning },
  };
}

/** A price for show, half of 0.15 and 0.60 for a million tokens. Nobody pays it. */
function priceOf(usage: { prompt_tokens: number; completion_tokens: number }): string {
  return nanoToDecimal(usage.prompt_tokens * 75 + usage.completion_tokens * 300);
}
