import 'server-only';
import { asObject, asText } from '#lib/model/unknown';
import { type BodyOf, jsonLine, markOf } from '#lib/sandbox/bodies/body';
import { chatBody } from '#lib/sandbox/bodies/chat';
import { completionBody } from '#lib/sandbox/bodies/completion';
import { embeddingBody } from '#lib/sandbox/bodies/embedding';
import { responseBody } from '#lib/sandbox/bodies/response';
import { countTokens } from '#lib/sandbox/bodies/tokens';
import type { LineOf } from '#lib/sandbox/write-results';

/** The endpoints there are, and what each answers. */
export const bodies: Record<string, BodyOf> = {
  '/v1/chat/completions': chatBody,
  '/v1/completions': completionBody,
  '/v1/embeddings': embeddingBody,
  '/v1/responses': responseBody,
};

export function resultLine(endpoint: string): LineOf {
  const bodyOf = bodies[endpoint] ?? chatBody;
  return (request, reply, created) => {
    if (reply.kind === 'silent') return '';
    const mark = markOf(request.custom_id);
    const head = { id: `batch_req_${mark}`, custom_id: request.custom_id };
    const answered = (status_code: number, body: object) =>
      jsonLine({ ...head, response: { status_code, request_id: mark, body }, error: null });
    if (reply.kind === 'answer') {
      const tokens = countTokens(request, reply.message);
      return answered(200, bodyOf(request, reply, { mark, tokens, created }));
    }
    if (reply.kind === 'refused') return answered(reply.status, { error: reply.error });
    return jsonLine({ ...head, response: null, error: errorOf(reply) });
  };
}

type Unanswered = { kind: 'cancelled' } | { kind: 'expired' } | { kind: 'error'; error: object | string };

function errorOf(reply: Unanswered) {
  switch (reply.kind) {
    case 'cancelled':
      return { code: 'batch_cancelled', message: 'This request was cancelled before it could be executed.' };
    case 'expired':
      return {
        code: 'batch_expired',
        message: 'This request could not be executed before the completion window expired.',
      };
    case 'error': {
      const { error } = reply;
      const given = asObject(error);
      return {
        code: asText(given?.code) ?? 'server_error',
        message: asText(given?.message) ?? String(error),
      };
    }
  }
}
