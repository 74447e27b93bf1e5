import 'server-only';
import { EnvProblem } from '#lib/env';

/** Where the blobs stand: what BLOB_URL says. Credentials never stand there. */
export type S3Place = {
  bucket: string;
  /** Empty, or a path that ends in a slash. */
  prefix: string;
  region: string | undefined;
  endpoint: string | undefined;
  forcePathStyle: boolean;
};

const known = ['region', 'endpoint', 'forcePathStyle'];

export function readS3Place(blobUrl: string): S3Place {
  const url = URL.parse(blobUrl);
  if (url?.protocol !== 's3:' || url.hostname === '' || url.port !== '') {
    throw new EnvProblem('BLOB_URL: must look like s3://bucket/prefix?region=eu-central-1');
  }
  if (url.username !== '' || url.password !== '') {
    throw new EnvProblem('BLOB_URL: credentials belong into AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY');
  }
  const stranger = [...url.searchParams.keys()].find((name) => !known.includes(name));
  if (stranger !== undefined) {
    throw new EnvProblem(`BLOB_URL: ${stranger} is unknown; it takes ${known.join(', ')}`);
  }
  const path = url.pathname.replace(/^\/+|\/+$/g, '');
  if (!/^[\w.!*'()/-]*$/.test(path) || path.split('/').some((part) => /^\.+$/.test(part))) {
    throw new EnvProblem('BLOB_URL: the prefix takes letters, digits and . _ - / only');
  }
  const endpoint = url.searchParams.get('endpoint') ?? undefined;
  if (endpoint !== undefined && !/^https?:$/.test(URL.parse(endpoint)?.protocol ?? '')) {
    throw new EnvProblem('BLOB_URL: endpoint must be an address like https://storage.example.com');
  }
  return {
    bucket: url.hostname,
    prefix: path === '' ? '' : `${path}/`,
    // A store of one's own has no regions, but the signature needs a word there.
    region: url.searchParams.get('region') ?? (endpoint === undefined ? undefined : 'us-east-1'),
    endpoint,
    forcePathStyle: url.searchParams.get('forcePathStyle') === 'true',
  };
}
