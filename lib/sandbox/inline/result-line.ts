import 'server-only';
import { nanoToDecimal } from '#lib/model/money';
import { jsonLine, markOf } from '#lib/sandbox/bodies/body';
import { chatBody } from '#lib/sandbox/bodies/chat';
import { countTokens, type Tokens } from '#lib/sandbox/bodies/tokens';
import type { LineOf } from '#lib/sandbox/write-results';

/** One line as OpenAI's batches have it, successes and failures side by side. */
export const resultLine: LineOf = (request, reply, created) => {
  if (reply.kind === 'silent') return '';
  const mark = markOf(request.custom_id);
  const head = { id: `batch_req_${mark}`, custom_id: request.custom_id };
  switch (reply.kind) {
    case 'cancelled':
      return jsonLine({ ...head, response: null, error: notRun('batch_cancelled', 'was cancelled') });
    case 'expired':
      return jsonLine({ ...head, response: null, error: notRun('batch_expired', 'ran out of time') });
    case 'error':
      return jsonLine({ ...head, response: null, error: reply.error });
    case 'refused': {
      const response = { status_code: reply.status, request_id: mark, body: { error: reply.error } };
      return jsonLine({ ...head, response, error: null });
    }
    case 'answer': {
      const tokens = countTokens(request, reply.message);
      const body = chatBody(request, reply, { mark, tokens, created });
      const response = { status_code: 200, request_id: mark, body };
      return jsonLine({ ...head, response, error: null, demo_cost: priceOf(tokens) });
    }
  }
};

function notRun(code: string, why: string) {
  return { code, message: `This request was not run: the batch ${why} before its turn.` };
}

/** A price for show, half of 0.15 and 0.60 for a million tokens. Nobody pays it. */
function priceOf({ input, output }: Tokens): string {
  return nanoToDecimal(input * 75 + output * 300);
}
