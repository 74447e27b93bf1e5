import 'server-only';
import { Unreached, type UnreachedWhy } from './outbound.ts';

const words: Record<UnreachedWhy, string> = {
  blocked: 'This address may not be called.',
  dns: 'The host name could not be resolved.',
  refused: 'The host did not accept a connection.',
  tls: 'A secure connection could not be made: the certificate or protocol does not fit.',
  timeout: 'The host did not answer in time.',
  redirect: 'The host answered with a redirect, which is not followed.',
  encoded: 'The host compressed its answer although it was asked not to.',
  too_large: 'The answer was larger than any known provider gives, and was cut off.',
  reset: 'The connection broke off before the answer was complete.',
  stopped: 'The call was stopped from our side before it ended.',
};

const codes: [UnreachedWhy, RegExp][] = [
  ['dns', /^(?:ENOTFOUND|EAI_\w+|ENODATA|ESERVFAIL)$/],
  ['refused', /^(?:ECONNREFUSED|EHOSTUNREACH|ENETUNREACH|EADDRNOTAVAIL)$/],
  ['timeout', /TIMEOUT|^ETIMEDOUT$/],
  ['too_large', /^UND_ERR_HEADERS_OVERFLOW$|^HPE_HEADER_OVERFLOW$/],
  ['tls', /TLS|SSL|CERT|SELF_SIGNED|UNABLE_TO|EPROTO|ISSUER/],
  ['stopped', /^UND_ERR_ABORTED$|^ABORT_ERR$|^UND_ERR_(?:DESTROYED|CLOSED)$/],
];

/** Coarse on purpose: finer words would turn a connection form into a port scanner. */
export function unreachedBy(error: unknown, sent: boolean, signal?: AbortSignal): Unreached {
  if (error instanceof Unreached) return error;
  const why = signal?.aborted ? 'stopped' : whyOf(error);
  return Object.assign(unreached(why, sent), { cause: error });
}

export function unreached(why: UnreachedWhy, sent: boolean): Unreached {
  return new Unreached(why, sent, words[why]);
}

function whyOf(error: unknown): UnreachedWhy {
  const { code, errors, cause } = (error ?? {}) as { code?: unknown; errors?: unknown[]; cause?: unknown };
  const found = codes.find(([, form]) => form.test(String(code ?? '')));
  if (found) return found[0];
  if (Array.isArray(errors) && errors.length > 0) return whyOf(errors[0]);
  return cause === undefined ? 'reset' : whyOf(cause);
}
