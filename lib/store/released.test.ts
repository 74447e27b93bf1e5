import { execFile, spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { sql } from 'kysely';
import { expect, test } from 'vitest';
import { type Db, openPostgres, openSqlite } from './engine.ts';
import { migrate } from './migrate.ts';
import { everyStep, formOf, layRelease, layTables, type Rows, releases, rowsOf } from './released-kit.ts';
import { emptyTestPlace, everyRow } from './test-db.ts';

const steps = await everyStep();
const names = Object.keys(steps);
const after = (release: string) => names.slice(names.indexOf(release) + 1);

/** A store that other processes can open too. */
async function openPlace(): Promise<{ db: Db; place: string }> {
  const { DATABASE_URL: url } = await emptyTestPlace();
  const place = url ?? path.join(mkdtempSync(path.join(tmpdir(), 'batchdeck-')), 'batchdeck.sqlite');
  const db = url === undefined ? openSqlite(place) : openPostgres(place, { allowExitOnIdle: true });
  return { db, place };
}

async function start(place: string, ...fatal: string[]): Promise<{ killed: boolean; taken: string[] }> {
  const args = [
    '--conditions=react-server',
    path.join(import.meta.dirname, 'migrate-kit.ts'),
    place,
    ...fatal,
  ];
  return promisify(execFile)(process.execPath, args, { env: { ...process.env, NODE_OPTIONS: '' } }).then(
    ({ stdout }) => ({ killed: false, taken: JSON.parse(stdout) as string[] }),
    (error: { signal?: string; stderr?: string }) => {
      if (error.signal === 'SIGKILL') return { killed: true, taken: [] };
      throw new Error(error.stderr);
    },
  );
}

test('the program knows every step in the folder, in order', async () => {
  const { db } = await openPlace();
  expect(await migrate(db)).toEqual(names);
});

test.each(releases)('the steps up to %s make what that release made', async (release) => {
  const [released, made] = [await openPlace(), await openPlace()];
  await layTables(released.db, release);
  await migrate(made.db, Object.fromEntries(Object.entries(steps).slice(0, names.indexOf(release) + 1)));
  expect(await formOf(made.db)).toEqual(await formOf(released.db));
});

test.each(releases)('a store of %s is carried on with every row in it', async (release) => {
  const { db } = await openPlace();
  await layRelease(db, release);
  expect(await migrate(db)).toEqual(after(release));
  expect(await lost(db, rowsOf(release))).toEqual([]);
  const { db: fresh } = await openPlace();
  await migrate(fresh);
  expect(await formOf(db)).toEqual(await formOf(fresh));
});

test.each(releases)(
  'of three replicas that start on a store of %s one migrates',
  async (release) => {
    const { db, place } = await openPlace();
    await layRelease(db, release);
    const taken = await Promise.all([start(place), start(place), start(place)]);
    // Each step is taken once, by whoever comes first to it.
    expect(taken.flatMap((one) => one.taken).sort()).toEqual(after(release));
    expect(await lost(db, rowsOf(release))).toEqual([]);
  },
  60_000,
);

test.each(
  ['no release', ...releases].flatMap((release) =>
    (releases.includes(release) ? after(release) : names.slice(0, 1)).flatMap((step) => [
      { release, step, n: '2' },
      { release, step, n: 'end' },
    ]),
  ),
)(
  'a kill inside $step on a store of $release, at its statement $n, leaves the step undone, and the next start does it',
  async ({ release, step, n }) => {
    const { db, place } = await openPlace();
    const isReleased = releases.includes(release);
    if (isReleased) await layRelease(db, release);
    const before = names.slice(0, names.indexOf(step));
    await migrate(db, Object.fromEntries(Object.entries(steps).slice(0, before.length)));
    const form = await formOf(db);
    expect(await start(place, step, n)).toEqual({ killed: true, taken: [] });
    expect((await formOf(db)).filter((line) => !line.includes('kysely_migration'))).toEqual(
      form.filter((line) => !line.includes('kysely_migration')),
    );
    expect((await start(place)).taken).toEqual(names.slice(before.length));
    if (isReleased) expect(await lost(db, rowsOf(release))).toEqual([]);
  },
  60_000,
);

test('an old program on a newer store exits with the version in its words, and writes nothing', async () => {
  const { db, place } = await openPlace();
  await layRelease(db, releases[0] ?? '');
  await migrate(db);
  await sql`insert into kysely_migration (name, timestamp) values ('999-later', '')`.execute(db);
  const everything = async () => [await everyRow(db), await formOf(db)];
  const before = await everything();
  const script = `import { bootOrExit } from './lib/boot-or-exit.ts'; await bootOrExit();`;
  const where = place.startsWith('postgres')
    ? { DATABASE_URL: place, BATCHDECK_DATA_DIR: mkdtempSync(path.join(tmpdir(), 'batchdeck-')) }
    : { BATCHDECK_DATA_DIR: path.dirname(place) };
  const old = spawnSync(
    process.execPath,
    ['--conditions=react-server', '--input-type=module-typescript', '-e', script],
    {
      env: {
        ...process.env,
        NODE_OPTIONS: '',
        BATCHDECK_KEYS: `k1:${randomBytes(32).toString('base64')}`,
        ...where,
      },
      encoding: 'utf8',
    },
  );
  expect(old.stderr).toBe(
    `Batchdeck cannot start: the store is at version 999-later and this Batchdeck knows it up to ${names.at(-1)}. Start the newer Batchdeck, or restore the backup made before it.\n`,
  );
  expect(old.status).toBe(1);
  expect(await everything()).toEqual(before);
});

/** What stood in a row before and does not stand there now. */
async function lost(db: Db, rows: Rows): Promise<string[]> {
  const missing: string[] = [];
  for (const [table, before] of Object.entries(rows)) {
    const { rows: now } = await sql<Rows[string][number]>`select * from ${sql.table(table)}`.execute(db);
    for (const row of before) {
      const kept = now.some((one) =>
        Object.entries(row).every(([name, value]) => !(name in one) || one[name] === value),
      );
      if (!kept) missing.push(`${table} ${JSON.stringify(row)}`);
    }
  }
  return missing;
}
