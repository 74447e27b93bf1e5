import 'server-only';
import { hash } from 'node:crypto';
import { errorPattern } from '#lib/model/error-pattern';
import { type Outcome, outcomes } from '#lib/model/result';

/** What went wrong in one way: a kind, a code, a status and the words without what differs. */
export type ErrorKind = {
  key: string;
  outcome: number;
  code: string | null;
  httpStatus: number | null;
  pattern: string;
};

/** Null for what succeeded. The key is the same in every batch and at every build. */
export function errorKind(
  outcome: Outcome,
  said: { errorCode: string | null; httpStatus: number | null; errorMessage: string | null },
): ErrorKind | null {
  if (outcome === 'succeeded') return null;
  const pattern = errorPattern(said.errorMessage ?? '');
  const named = [outcome, said.errorCode, said.httpStatus, pattern];
  return {
    key: hash('sha256', JSON.stringify(named), 'base64url').slice(0, 12),
    outcome: outcomes.indexOf(outcome),
    code: said.errorCode,
    httpStatus: said.httpStatus,
    pattern,
  };
}
