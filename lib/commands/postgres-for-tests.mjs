import { randomBytes } from 'node:crypto';
import pg from 'pg';
import { startPostgres } from './postgres-server.mjs';

/** One server for a whole run of the tests: the one that is named, in a database of its own, or one started here. */
export async function setup() {
  const given = process.env.TEST_DATABASE_URL;
  const { url, stop } = given ? await borrow(given) : await startPostgres();
  process.env.BATCHDECK_TEST_POSTGRES = url;
  return stop;
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
