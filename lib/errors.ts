import 'server-only';

const statuses = {
  unauthenticated: 401,
  forbidden: 403,
  not_found: 404,
  invalid: 400,
  timeout: 408,
  conflict: 409,
  too_large: 413,
  unsupported: 415,
  rate_limited: 429,
  provider_refused: 502,
  provider_unreachable: 504,
  storage_full: 507,
  internal: 500,
} as const;

export type ErrorCode = keyof typeof statuses;

/** The one error a verb throws at its caller. Its message is read by people; it never holds a secret. */
export class Refusal extends Error {
  readonly code: ErrorCode;
  readonly details: unknown;

  /** What boot opened, the keyring say, has another copy of this module than a route. */
  static override [Symbol.hasInstance](thing: unknown): boolean {
    return thing instanceof Error && thing.name === 'Refusal';
  }

  constructor(code: ErrorCode, message: string, details?: unknown) {
    super(message);
    this.name = 'Refusal';
    this.code = code;
    this.details = details;
  }

  get status(): number {
    return statuses[this.code];
  }

  toJSON(): { error: { code: ErrorCode; message: string; details?: unknown } } {
    const error = { code: this.code, message: this.message };
    return { error: this.details === undefined ? error : { ...error, details: this.details } };
  }
}

export function notFound(what: string): Refusal {
  return new Refusal('not_found', `${what} was not found.`);
}

/** A full disk or store, whoever reports it, becomes words; anything else stays a surprise. */
export function asRefusal(error: unknown): Refusal | null {
  if (error instanceof Refusal) return error;
  const code = (error as { code?: unknown; errcode?: unknown } | null)?.code;
  const storeFull = code === '53100' || (error as { errcode?: unknown } | null)?.errcode === 13;
  if (code === 'ENOSPC' || code === 'EDQUOT' || storeFull) {
    return new Refusal('storage_full', 'There is no room left to store this. Free some space and try again.');
  }
  return null;
}
