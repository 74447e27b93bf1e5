import 'server-only';
import { asObject, asText } from '#lib/model/unknown';
import { jsonLine, markOf } from '#lib/sandbox/bodies/body';
import { messageBody } from '#lib/sandbox/bodies/message';
import { countTokens } from '#lib/sandbox/bodies/tokens';
import { anthropicTypeOf } from '#lib/sandbox/manners';
import type { Reply, SandboxRequestLine } from '#lib/sandbox/models/reply';
import type { LineOf } from '#lib/sandbox/write-results';

/** Every request has a line, and what other providers leave unanswered has run out of time here. */
export const resultLine: LineOf = (request, reply, created) => {
  const mark = markOf(request.custom_id);
  return jsonLine({ custom_id: request.custom_id, result: resultOf(request, reply, mark, created) });
};

function resultOf(request: SandboxRequestLine, reply: Reply, mark: string, created: number): object {
  switch (reply.kind) {
    case 'answer': {
      const tokens = countTokens(request, reply.message);
      return { type: 'succeeded', message: messageBody(request, reply, { mark, tokens, created }) };
    }
    case 'cancelled':
      return { type: 'canceled' };
    case 'expired':
    case 'silent':
      return { type: 'expired' };
    case 'refused':
      return errored(mark, anthropicTypeOf(reply.status), reply.error);
    case 'error':
      return errored(mark, 'api_error', reply.error);
  }
}

function errored(mark: string, type: string, error: object | string): object {
  const message = asText(asObject(error)?.message) ?? String(error);
  return { type: 'errored', error: { type: 'error', error: { type, message }, request_id: `req_${mark}` } };
}
