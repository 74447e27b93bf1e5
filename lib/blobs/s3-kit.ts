import 'server-only';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { createServer, type IncomingMessage, type RequestListener, type ServerResponse } from 'node:http';
import { createRequire } from 'node:module';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';

type S3rver = new (
  options: object,
) => { configureBuckets(): Promise<unknown>; callback(): RequestListener; listen: unknown };

export type S3Kit = {
  url: string;
  /** What a store keeps of multipart uploads that were neither completed nor aborted. */
  unfinished: Map<string, { key: string; initiated: Date }>;
  requests: string[];
  /** Answers instead of the store while it returns true. */
  meddle: (request: IncomingMessage, response: ServerResponse) => boolean;
  close(): Promise<void>;
};

const bucket = 'blobs';

/** A store over real HTTP on loopback: s3rver, and before it what s3rver lacks: conditional writes and the list of uploads. */
export async function startS3({ conditional = true } = {}): Promise<S3Kit> {
  process.env.AWS_ACCESS_KEY_ID = 'S3RVER';
  process.env.AWS_SECRET_ACCESS_KEY = 'S3RVER';
  process.env.AWS_EC2_METADATA_DISABLED = 'true';
  const directory = mkdtempSync(path.join(tmpdir(), 's3-'));
  const Server = createRequire(import.meta.url)('s3rver') as S3rver;
  const store = new Server({ directory, silent: true, configureBuckets: [{ name: bucket }] });
  await store.configureBuckets();
  const answer = store.callback();
  const kit: S3Kit = {
    url: '',
    unfinished: new Map(),
    requests: [],
    meddle: () => false,
    close: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
      rmSync(directory, { recursive: true, force: true });
    },
  };
  const taken = new Set<string>();
  const server = createServer((request, response) => {
    const { method = '', url = '' } = request;
    const { pathname, searchParams } = new URL(url, 'http://store');
    kit.requests.push(`${method} ${url}`);
    const key = decodeURIComponent(pathname.slice(bucket.length + 2));
    const uploadId = searchParams.get('uploadId');
    if (kit.meddle(request, response)) return;
    if (method === 'GET' && searchParams.has('uploads')) return listUploads(kit, response);
    if (method === 'DELETE' && uploadId) {
      kit.unfinished.delete(uploadId);
      return void response.writeHead(204).end();
    }
    const completes = method === 'POST' && uploadId !== null;
    const writes = completes || (method === 'PUT' && uploadId === null);
    if (writes && conditional && request.headers['if-none-match'] === '*') {
      if (taken.has(key) || existsSync(path.join(directory, bucket, `${key}._S3rver_object`)))
        return refuse(request, response);
      taken.add(key);
    }
    if (method === 'DELETE') taken.delete(key);
    if (completes) kit.unfinished.delete(uploadId);
    if (method === 'POST' && searchParams.has('uploads')) noteUpload(kit, key, response);
    answer(request, response);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  kit.url = `s3://${bucket}/some/prefix?endpoint=http://127.0.0.1:${port}&forcePathStyle=true`;
  return kit;
}

function refuse(request: IncomingMessage, response: ServerResponse): void {
  request.resume();
  request.on('end', () => {
    response.writeHead(412, { 'content-type': 'application/xml' });
    response.end('<Error><Code>PreconditionFailed</Code><Message>taken</Message></Error>');
  });
}

function noteUpload(kit: S3Kit, key: string, response: ServerResponse): void {
  const end = response.end.bind(response) as (...given: unknown[]) => ServerResponse;
  response.end = ((...given: unknown[]) => {
    const id = /<UploadId>([^<]+)/.exec(String(given[0]))?.[1];
    if (id) kit.unfinished.set(id, { key, initiated: new Date() });
    return end(...given);
  }) as typeof response.end;
}

function listUploads(kit: S3Kit, response: ServerResponse): void {
  const uploads = [...kit.unfinished].map(
    ([id, { key, initiated }]) =>
      `<Upload><Key>${key}</Key><UploadId>${id}</UploadId><Initiated>${initiated.toISOString()}</Initiated></Upload>`,
  );
  response.writeHead(200, { 'content-type': 'application/xml' });
  response.end(
    `<ListMultipartUploadsResult><IsTruncated>false</IsTruncated>${uploads.join('')}</ListMultipartUploadsResult>`,
  );
}
