import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';

export type Pair = {
  databaseUrl: string;
  blobUrl: string;
  /** What every process of one install is told alike. */
  env: Record<string, string>;
  stop: () => Promise<void>;
};

/** A Postgres and an S3 of a test's own. */
export async function startPair(): Promise<Pair> {
  const child = spawn(process.execPath, ['--conditions=react-server', 'lib/commands/second-pair.mjs'], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const [line] = (await once(child.stdout, 'data')) as [Buffer];
  const told = JSON.parse(line.toString()) as { DATABASE_URL: string; BLOB_URL: string };
  return {
    databaseUrl: told.DATABASE_URL,
    blobUrl: told.BLOB_URL,
    env: {
      ...told,
      BATCHDECK_KEYS: `k1:${randomBytes(32).toString('base64')}`,
      AWS_ACCESS_KEY_ID: 'S3RVER',
      AWS_SECRET_ACCESS_KEY: 'S3RVER',
      AWS_REGION: 'us-east-1',
    },
    async stop() {
      child.kill('SIGTERM');
      await once(child, 'exit');
    },
  };
}
