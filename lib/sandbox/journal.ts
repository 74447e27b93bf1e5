import 'server-only';
import { createReadStream, createWriteStream } from 'node:fs';
import { open, readFile, rename, stat } from 'node:fs/promises';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { linesOf } from '#lib/jsonl/split-lines';
import { isCreate, type JournalEntry } from '#lib/model/sandbox-journal';

export type { JournalEntry } from '#lib/model/sandbox-journal';

export type Journal = {
  /** On the platter when it resolves. Those that come while others are being written share one sync. */
  append(entry: JournalEntry): Promise<void>;
  /** Drops what nobody will ask for any more, if it has grown long. */
  trim(now: number, keepMs: number): Promise<void>;
};

type Opened = {
  journal: Journal;
  /** The batches it says were created, and the calls that were counted under fault scripts. */
  created: ReadonlySet<string>;
  counted: JournalEntry[];
};

const longBytes = 32 * 1024 * 1024;
const dayMs = 86_400_000;

export async function openJournal(file: string): Promise<Opened> {
  const text = await write(file, '').then(() => readFile(file, 'utf8'));
  if (text !== '' && !text.endsWith('\n')) await write(file, '\n');
  const known = text.split('\n').filter(isWorthReading).flatMap(entryIn);
  let size = Buffer.byteLength(text);
  let waiting: string[] = [];
  let next: Promise<void> | null = null;
  let last = Promise.resolve();

  const inTurn = (work: () => Promise<void>): Promise<void> => {
    const mine = last.then(work);
    last = mine.catch(() => {});
    return mine;
  };
  const flush = async () => {
    const lines = waiting.join('');
    waiting = [];
    next = null;
    await write(file, lines);
    size += Buffer.byteLength(lines);
  };

  const journal: Journal = {
    append(entry) {
      waiting.push(`${JSON.stringify(entry)}\n`);
      next ??= inTurn(flush);
      return next;
    },
    trim: (now, keepMs) =>
      inTurn(async () => {
        if (size < longBytes) return;
        const kept = Readable.from(keptLines(file, now, keepMs));
        await pipeline(kept, createWriteStream(`${file}.new`, { flush: true }));
        await rename(`${file}.new`, file);
        ({ size } = await stat(file));
      }),
  };
  return {
    journal,
    created: new Set(known.filter(isCreate).map(({ id }) => id)),
    counted: known.filter(({ script }) => script !== undefined),
  };
}

async function* keptLines(file: string, now: number, keepMs: number): AsyncGenerator<Uint8Array> {
  for await (const { bytes } of linesOf(createReadStream(file))) {
    const line = bytes && Buffer.concat([bytes, newline]);
    if (line && isKept(line.toString('utf8'), now, keepMs)) yield line;
  }
}

const newline = Buffer.from('\n');

async function write(file: string, lines: string): Promise<void> {
  const handle = await open(file, 'a');
  try {
    await handle.appendFile(lines);
    await handle.datasync();
  } finally {
    await handle.close();
  }
}

/** Mere looks are most of a long journal, and nobody needs the reading of them. */
function isWorthReading(line: string): boolean {
  return line.includes('/batches",') || line.includes('"script":');
}

function entryIn(line: string): JournalEntry[] {
  try {
    return [JSON.parse(line) as JournalEntry];
  } catch {
    return [];
  }
}

/** What changed something is kept as long as the batches are, the rest for a day. */
function isKept(line: string, now: number, keepMs: number): boolean {
  const [entry] = entryIn(line);
  if (!entry) return false;
  const changed = entry.accepted && entry.method !== 'GET';
  return entry.t >= now - (changed ? keepMs : dayMs);
}
