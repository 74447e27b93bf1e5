import 'server-only';
import { EnvProblem } from '#lib/env';
import type { S3Place } from './s3-place.ts';

type Failure = { name?: string; code?: string; $metadata?: { httpStatusCode?: number } };

/** What a store or its client calls a failure; the HTTP status where it has no word. */
export function codeOf(error: unknown): string {
  const { name, code, $metadata } = (error ?? {}) as Failure;
  if (name !== undefined && !/^(Error|AggregateError|TypeError|Unknown|UnknownError)$/.test(name))
    return name;
  return code ?? String($metadata?.httpStatusCode ?? name ?? 'unknown');
}

export function statusOf(error: unknown): number | undefined {
  return ((error ?? {}) as Failure).$metadata?.httpStatusCode;
}

/** Why the blobs cannot be reached, in one line that names what to change. */
export function unreachable(error: unknown, { bucket, endpoint, region }: S3Place): EnvProblem {
  const code = codeOf(error);
  const where = endpoint ?? `AWS${region === undefined ? '' : ` in ${region}`}`;
  if (/^Credentials|^TokenProvider/.test(code)) {
    return new EnvProblem(
      'BLOB_URL: no AWS credentials were found. Set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY',
    );
  }
  if (/Region is missing/.test(String(error))) {
    return new EnvProblem('BLOB_URL: say the region, like s3://bucket/prefix?region=eu-central-1');
  }
  if (code === 'NoSuchBucket' || code === 'NotFound' || statusOf(error) === 404) {
    return new EnvProblem(`BLOB_URL: there is no bucket ${bucket} at ${where}`);
  }
  if (code === 'PermanentRedirect' || code === 'AuthorizationHeaderMalformed' || statusOf(error) === 301) {
    return new EnvProblem(
      `BLOB_URL: the bucket ${bucket} is in another region than ${region ?? 'the default'}`,
    );
  }
  if (statusOf(error) === 401 || statusOf(error) === 403) {
    return new EnvProblem(
      `BLOB_URL: ${where} does not let these AWS credentials into the bucket ${bucket} (${code})`,
    );
  }
  return new EnvProblem(`BLOB_URL: ${where} cannot be reached (${code})`);
}
