import 'server-only';
import { hostile } from './corpus-hostile.ts';
import { plain } from './corpus-plain.ts';
import type { Reply } from './reply.ts';

const failures: Reply[] = [
  {
    kind: 'refused',
    status: 429,
    error: {
      message: 'Rate limit reached for tokens per minute.',
      type: 'rate_limit_error',
      param: null,
      code: 'rate_limit_exceeded',
    },
  },
  {
    kind: 'error',
    error: { code: 'server_error', message: 'The model broke off in the middle of its answer.' },
  },
  { kind: 'error', error: 'Invalid image: the file could not be decoded.' },
];

/** In the order of the sample's requests. */
export const corpus: Reply[] = [...plain, ...hostile, ...failures];
