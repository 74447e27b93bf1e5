import 'server-only';
import type { Dialect } from '#lib/model/connection';
import { asList, asNumber } from '#lib/model/unknown';
import { modelNamed } from '#lib/sandbox/models/model';
import type { Fate, Reply, SandboxRequestLine } from '#lib/sandbox/models/reply';

/** What becomes of a request, known when it arrives. */
export function fateOf(dialect: Dialect, request: SandboxRequestLine, position: number): Fate {
  if (objectionTo(dialect, request)) return 'failed';
  return modelNamed(request.params.model).fate(request.custom_id, position);
}

export function replyTo(dialect: Dialect, request: SandboxRequestLine, position: number): Reply {
  return objectionTo(dialect, request) ?? modelNamed(request.params.model).reply(request, position);
}

/** Anthropic takes a batch whatever its requests say, and fails the bad ones one by one. */
function objectionTo(dialect: Dialect, { params }: SandboxRequestLine): Reply | null {
  if (dialect !== 'anthropic') return null;
  if (typeof params.model !== 'string') return invalid('model: Field required');
  if (params.max_tokens === undefined) return invalid('max_tokens: Field required');
  if ((asNumber(params.max_tokens) ?? 0) < 1) {
    return invalid('max_tokens: Input should be greater than or equal to 1');
  }
  if (!asList(params.messages)) return invalid('messages: Field required');
  if (asList(params.messages)?.length === 0) return invalid('messages: at least one message is required');
  if (params.stream === true) return invalid('stream: batches cannot be streamed');
  return null;
}

function invalid(message: string): Reply {
  return { kind: 'refused', status: 400, error: { type: 'invalid_request_error', message } };
}
