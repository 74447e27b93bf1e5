import { startS3 } from '#lib/blobs/s3-kit';
import { startPostgres } from './postgres-server.mjs';

/** A real Postgres and an S3 over HTTP, both on loopback, until this process is told to end. */
const [postgres, s3] = await Promise.all([startPostgres(), startS3()]);
process.on('SIGTERM', async () => {
  await Promise.all([s3.close(), postgres.stop()]);
  process.exit(0);
});
console.log(JSON.stringify({ DATABASE_URL: postgres.url, BLOB_URL: s3.url }));
