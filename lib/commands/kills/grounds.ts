import { randomBytes } from 'node:crypto';
import { readdirSync, utimesSync } from 'node:fs';
import path from 'node:path';
import { sql } from 'kysely';
import type { S3Kit } from '#lib/blobs/s3-kit';
import { type Db, openPostgres } from '#lib/store/engine';
import { freeLeases } from '#lib/store/free-leases';

/** What a walk stands on; each gets a store and a place for blobs of its own. */
export type Ground = { name: string; fresh: () => Promise<Place> };
export type Place = {
  env: Record<string, string>;
  /** What passes between the kill and the restart. */
  meanwhile: (data: string) => Promise<void>;
  /** Uploads that were begun and neither ended nor given up. */
  unfinished: () => string[];
};

export const single: Ground = {
  name: 'SQLite and disk',
  fresh: async () => ({ env: {}, meanwhile: async () => {}, unfinished: () => [] }),
};

export function shared(postgresUrl: string, s3: S3Kit): Ground {
  return { name: 'Postgres and S3', fresh: () => freshPlace(postgresUrl, s3) };
}

const days = 24 * 3_600_000;

async function freshPlace(base: string, s3: S3Kit): Promise<Place> {
  const schema = `w_${randomBytes(8).toString('hex')}`;
  await withDb(base, (db) => sql.raw(`create schema ${schema}`).execute(db));
  const url = new URL(base);
  url.searchParams.set('options', `-c search_path=${schema}`);
  const mine = () => [...s3.unfinished.values()].filter(({ key }) => key.startsWith(`${schema}/`));
  return {
    env: {
      DATABASE_URL: url.href,
      BLOB_URL: s3.url.replace('/some/prefix', `/${schema}`),
      BATCHDECK_KEYS: `k1:${randomBytes(32).toString('base64')}`,
      BATCHDECK_SANDBOX: '1',
    },
    // The lease ends, and so does the time an unfinished upload and a draft are left alone.
    async meanwhile(data) {
      await withDb(url.href, async (db) => {
        const { rows } = await sql<{ made: string | null }>`select to_regclass('parts') as made`.execute(db);
        // A kill before the tables were made left no lease.
        if (rows[0]?.made != null) await freeLeases(db);
      });
      const then = new Date(Date.now() - 2 * days);
      for (const upload of mine()) upload.initiated = then;
      for (const name of readdirSync(data, { recursive: true }))
        utimesSync(path.join(data, String(name)), then, then);
    },
    unfinished: () => mine().map(({ key }) => key),
  };
}

async function withDb(url: string, work: (db: Db) => Promise<unknown>): Promise<void> {
  const db = openPostgres(url);
  await work(db).finally(() => db.destroy());
}
