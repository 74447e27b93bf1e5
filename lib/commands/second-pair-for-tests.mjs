import { randomBytes } from 'node:crypto';
import pg from 'pg';
import { startS3 } from '#lib/blobs/s3-kit';
import { startPostgres } from './postgres-server.mjs';

/** One Postgres and one S3 for a whole run of the tests. A database that is named is used, in a part of its own. */
export async function setup() {
  const given = process.env.TEST_DATABASE_URL;
  const [postgres, s3] = await Promise.all([given ? borrow(given) : startPostgres(), startS3()]);
  process.env.BATCHDECK_TEST_POSTGRES = postgres.url;
  process.env.BATCHDECK_TEST_S3 = s3.url;
  return () => Promise.all([postgres.stop(), s3.close()]);
}

async function borrow(given) {
  const name = `batchdeck_test_${randomBytes(6).toString('hex')}`;
  await ask(given, `create database ${name}`);
  const url = new URL(given);
  url.pathname = `/${name}`;
  return { url: url.href, stop: () => ask(given, `drop database ${name} with (force)`) };
}

async function ask(url, statement) {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    await client.query(statement);
  } finally {
    await client.end();
  }
}
