import 'server-only';
import { courseOf } from '#lib/sandbox/course';
import { echo } from './echo.ts';
import type { Model, Reply } from './reply.ts';

/** Of a hundred requests ten fail, two expire and two are never answered: always the same ones by their id. */
export const flaky: Model = {
  course: courseOf(8_000),
  fate(customId) {
    const kind = troubleOf(customId)?.kind;
    if (kind === undefined) return 'answered';
    return kind === 'silent' || kind === 'expired' ? kind : 'failed';
  },
  reply: (request, position) => troubleOf(request.custom_id) ?? echo.reply(request, position),
};

function troubleOf(customId: string): Reply | null {
  const lot = lotOf(customId);
  return troubles.find(({ below }) => lot < below)?.reply ?? null;
}

const troubles: { below: number; reply: Reply }[] = [
  {
    below: 4,
    reply: {
      kind: 'refused',
      status: 400,
      error: {
        message: "This model's maximum context length is 128000 tokens.",
        type: 'invalid_request_error',
        param: 'messages',
        code: 'context_length_exceeded',
      },
    },
  },
  {
    below: 7,
    reply: {
      kind: 'error',
      error: { code: 'server_error', message: 'The upstream model broke off while it was answering.' },
    },
  },
  { below: 10, reply: { kind: 'error', error: 'Rate limit reached for requests: try again in 20s.' } },
  { below: 12, reply: { kind: 'expired' } },
  { below: 14, reply: { kind: 'silent' } },
];

/** FNV-1a, stirred once more so that `row-1` and `row-2` do not land side by side; 0 to 99. */
function lotOf(text: string): number {
  let hash = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193);
  hash = Math.imul(hash ^ (hash >>> 15), 0x2c1b3c6d);
  return ((hash ^ (hash >>> 12)) >>> 0) % 100;
}
