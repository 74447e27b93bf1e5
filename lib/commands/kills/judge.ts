import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { systemClock } from '#lib/clock';
import { createLog } from '#lib/log';
import { isCreate, type JournalEntry } from '#lib/model/sandbox-journal';
import { openSandbox } from '#lib/sandbox/open-sandbox';
import type { Killed } from './killed.ts';
import { type Ack, isRetried, type Listed, linesOf, retriedLines } from './lines.ts';
import type { Way } from './ways.ts';

type Case = {
  home: string;
  data: string;
  way: Way;
  /** Some lines were sent again when the batch was over. */
  retries: boolean;
  kill: Kill | null;
  left: { usual: string[]; unfinished: string[] };
};
type Kill = Killed & { at: number };

/** Hears the provider's own journal, the bytes on both sides and what the screen shows, never our database. */
export async function judge({ home, data, way, retries, kill, left }: Case): Promise<string[]> {
  const acks = linesOf(path.join(home, 'acks.jsonl')).map((line) => JSON.parse(line) as Ack);
  const creates = linesOf(path.join(data, 'sandbox', 'journal.jsonl'))
    .map((line) => JSON.parse(line) as JournalEntry)
    .filter((entry) => isCreate(entry) && entry.path === way.creates);
  const resends = acks.filter(({ what }) => what === 'resend').length;
  return [
    ...sendings(creates, retries ? 2 : 1, resends),
    ...doubts(creates, resends, kill, way),
    ...listing(home, acks, retries),
    ...(await answers({ home, data, way, retries }, creates)),
    ...leftovers(leftIn({ home, data }), left.usual),
    ...left.unfinished.map((key) => `an upload of ${masked(key)} was never given up`),
    ...soundness(path.join(data, 'batchdeck.sqlite')),
  ];
}

function sendings(creates: JournalEntry[], ordered: number, resends: number): string[] {
  const nonces = creates.flatMap(({ nonce }) => nonce ?? []);
  const wrong: string[] = [];
  if (new Set(nonces).size < nonces.length) wrong.push('an intent was accepted twice');
  if (creates.length > ordered + resends)
    wrong.push(`${creates.length} creates were accepted, ${resends} by a person`);
  if (creates.length < ordered) wrong.push('what was acknowledged never reached the provider');
  return wrong;
}

/** Only a call that may have left is in doubt; then looking tells, or else a person and nobody else decides. */
function doubts(creates: JournalEntry[], resends: number, kill: Kill | null, way: Way): string[] {
  const inDoubt = kill !== null && way.doubtAfter.includes(kill.point);
  if (!inDoubt) return resends > 0 ? ['a person was asked where nothing was in doubt'] : [];
  const arrived = creates.filter(({ t }) => t <= kill.at).length >= kill.creates;
  if (!arrived && resends === 0) return ['what may have left was sent again at nobody’s word'];
  return arrived && resends > 0 && way.findable ? ['a person was asked what looking would have told'] : [];
}

function listing(home: string, acks: Ack[], retries: boolean): string[] {
  const listed = listedIn(home);
  const input = read(path.join(home, 'input.jsonl')) ?? '';
  const sendable = retries ? [input, retriedLines(input)] : [input];
  const known = new Set([...listed.files, ...listed.batches].map(({ id }) => id));
  const wrong = acks
    .filter(({ what, id }) => what !== 'resend' && !known.has(id))
    .map(({ what }) => `an acknowledged ${what} is not listed`);
  const texts = listed.files.map(({ id }) => read(path.join(home, 'files', id)) ?? '');
  if (texts.some((text) => !sendable.includes(text))) wrong.push('a listed file is not what was sent');
  if (texts.filter((text) => text !== input).length > 1) wrong.push('one retry became several files');
  if (listed.batches.length > 1) wrong.push(`one order became ${listed.batches.length} batches`);
  return wrong;
}

async function answers(
  { home, data, way, retries }: Pick<Case, 'home' | 'data' | 'way' | 'retries'>,
  creates: JournalEntry[],
): Promise<string[]> {
  const dir = path.join(data, 'sandbox');
  const sandbox = await openSandbox({ dir, clock: systemClock, log: createLog('error', () => {}) });
  const ask = async (at: string) => {
    const headers = new Headers({ 'anthropic-version': '2023-06-01' });
    return (await sandbox.fetch({ method: 'GET', path: at, headers, body: null })).text();
  };
  const written = await Promise.all(creates.map(({ id }) => way.results(ask, id)));
  const provided = retries
    ? written.flatMap((first) => written.map((again) => merged(first, again)))
    : written;
  const output = read(path.join(home, 'output.jsonl')) ?? '';
  return provided.map(sorted).includes(sorted(output)) ? [] : ['the output is not what the provider wrote'];
}

/** What was retried is shown as it came the second time. */
function merged(first: string, again: string): string {
  const kept = first.split('\n').filter((line) => line !== '' && !isRetried(line));
  return [...kept, again].join('\n');
}

/** Ours stand in the order of the input, the provider's in none. */
function sorted(text: string): string {
  return text.split('\n').filter(Boolean).sort().join('\n');
}

/** Every file and blob by name but those that are listed, with the numbers left out. Copies may be there or not. */
export function leftIn({ home, data }: { home: string; data: string }): string[] {
  const listed = listedIn(home).files.map(({ id }) => id);
  const files = readdirSync(data, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => path.relative(data, path.join(entry.parentPath, entry.name)))
    .filter((file) => !/^(cache|sandbox)\/|^failpoints$/.test(file));
  const blobs = JSON.parse(read(path.join(home, 'blobs.json')) ?? '[]') as string[];
  return [...files, ...blobs.map((key) => `blob ${key}`)]
    .filter((name) => !listed.some((id) => name.endsWith(id)))
    .map(masked)
    .sort();
}

function masked(name: string): string {
  return name.replaceAll(/[0-9a-f]{8}[0-9a-f-]*|\d+/g, '#');
}

function soundness(store: string): string[] {
  if (!existsSync(store)) return [];
  const db = new DatabaseSync(store, { readOnly: true });
  const found = db.prepare('pragma integrity_check').get()?.integrity_check;
  db.close();
  return found === 'ok' ? [] : [`the store is damaged: ${found}`];
}

function leftovers(left: string[], usual: string[]): string[] {
  const more = [...left];
  for (const name of usual) {
    const at = more.indexOf(name);
    if (at === -1) return [`${name} is missing`];
    more.splice(at, 1);
  }
  return more.map((name) => `${name} was left over`);
}

function listedIn(home: string): Listed {
  return JSON.parse(read(path.join(home, 'listed.json')) ?? '{"files":[],"batches":[]}') as Listed;
}

function read(file: string): string | null {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return null;
  }
}
