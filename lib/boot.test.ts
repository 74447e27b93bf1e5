import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, mkdtempSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { boot } from './boot.ts';
import { thisProcess } from './context.ts';
import { EnvProblem } from './env.ts';

let dir: string;
let given: Record<string, string>;
const logged = vi.spyOn(console, 'log').mockImplementation(() => {});

beforeEach(() => {
  dir = path.join(mkdtempSync(path.join(tmpdir(), 'batchdeck-')), 'data');
  given = { BATCHDECK_DATA_DIR: dir, PORT: '3210' };
  logged.mockClear();
});
afterEach(forget);

/** As if the process had ended and another one began. */
async function forget(): Promise<void> {
  const here = thisProcess();
  await here.stopWork?.();
  await here.closeStore?.();
  Object.assign(here, { deps: null, ready: false, clockAlive: null, booting: null });
  Object.assign(here, { stopWork: null, closeStore: null });
}

test('a fresh start makes a private folder, is ready and tells the set-up link aloud only', async () => {
  const said: string[] = [];
  await boot(given, (line) => said.push(line));
  expect(statSync(dir).mode & 0o777).toBe(0o700);
  expect(thisProcess().ready).toBe(true);
  expect(said).toHaveLength(1);
  expect(said[0]).toMatch(/^Set up the first account: http:\/\/127\.0\.0\.1:3210\/setup\/[\w-]{43}$/);
  const token = said[0]?.split('/setup/')[1] ?? '?';
  expect(JSON.stringify(logged.mock.calls)).not.toContain(token);
});

test('each start while there is no user tells a new link', async () => {
  const said: string[] = [];
  await boot(given, (line) => said.push(line));
  await forget();
  await boot(given, (line) => said.push(line));
  expect(new Set(said).size).toBe(2);
});

test('an index that a killed process was building is gone after the start', async () => {
  const left = path.join(dir, 'tmp', 'left.sqlite');
  mkdirSync(path.dirname(left), { recursive: true });
  writeFileSync(left, 'half an index');
  await boot(given, () => {});
  expect(existsSync(left)).toBe(false);
});

test('an origin that is neither encrypted nor this machine is warned about', async () => {
  await boot({ ...given, APP_URL: 'http://batches.example.com' }, () => {});
  expect(JSON.stringify(logged.mock.calls)).toContain('is not encrypted');
});

test('three copies of the module boot one process', async () => {
  const said: string[] = [];
  const copies = [];
  for (let i = 0; i < 3; i++) {
    vi.resetModules();
    copies.push({ boot: (await import('./boot.ts')).boot, context: await import('./context.ts') });
  }
  expect(new Set(copies.map((copy) => copy.boot)).size).toBe(3);
  await Promise.all(copies.map((copy) => copy.boot(given, (line) => said.push(line))));
  expect(said).toHaveLength(1);
  expect(new Set(copies.map(({ context }) => context.thisProcess())).size).toBe(1);
  expect(new Set(copies.map(({ context }) => context.deps())).size).toBe(1);
});

test('a bad variable is one line that names it', async () => {
  const bad: [Record<string, string>, RegExp][] = [
    [{ BATCHDECK_POLL_SECONDS: '60-5' }, /^BATCHDECK_POLL_SECONDS: .+$/],
    [{ APP_URL: 'ftp://x' }, /^APP_URL: .+$/],
    [{ LOG_LEVEL: 'loud' }, /^LOG_LEVEL: .+$/],
    [{ HOST: '0.0.0.0' }, /^APP_URL must be set .+$/],
  ];
  for (const [more, line] of bad) {
    const failure = await boot({ ...given, ...more }).catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(EnvProblem);
    expect((failure as Error).message).toMatch(line);
    await forget();
  }
});

test.each([
  ['BATCHDECK_KEYS', 'changeme'],
  ['BATCHDECK_KEYS', `k1:${Buffer.alloc(31, 7).toString('base64')}`],
  ['BATCHDECK_ALLOW_PRIVATE', '10.0.0.0/8'],
])('%s=%s stops a start before it has made a folder', async (name, value) => {
  await expect(boot({ ...given, [name]: value })).rejects.toThrow(new RegExp(`^${name}: .+$`));
  expect(existsSync(dir)).toBe(false);
});

test('a wrong master key stops the start, and the store stays as it was', async () => {
  const key = () => `k1:${randomBytes(32).toString('base64')}`;
  const right = key();
  const said: string[] = [];
  await boot({ ...given, BATCHDECK_KEYS: right }, (line) => said.push(line));
  await forget();
  const before = dump(dir);
  await expect(boot({ ...given, BATCHDECK_KEYS: key() })).rejects.toThrow(
    /^BATCHDECK_KEYS: the key k1 is not/,
  );
  await forget();
  expect(dump(dir)).toBe(before);
  await boot({ ...given, BATCHDECK_KEYS: right }, (line) => said.push(line));
  expect(thisProcess().deps?.keyring.locked).toBe(null);
});

function dump(home: string): string {
  const store = new DatabaseSync(path.join(home, 'batchdeck.sqlite'), { readOnly: true });
  const tables = store.prepare("select name from sqlite_master where type = 'table' order by name").all();
  const rows = tables.map(({ name }) => store.prepare(`select * from "${name}"`).all());
  store.close();
  return JSON.stringify([tables, rows]);
}
