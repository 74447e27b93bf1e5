import 'server-only';
import { open, readFile } from 'node:fs/promises';

/** One line for each create and cancel that was accepted, on disk before its answer leaves. */
export type JournalEntry = {
  t: number;
  id: string;
  method: 'POST';
  path: string;
  bodySha256: string | null;
  requests: number;
  accepted: true;
  nonce: string | null;
};

export type Journal = { append(entry: JournalEntry): Promise<void>; created: ReadonlySet<string> };

export async function openJournal(file: string): Promise<Journal> {
  const text = await append(file, '').then(() => readFile(file, 'utf8'));
  if (text !== '' && !text.endsWith('\n')) await append(file, '\n');
  return {
    created: new Set(text.split('\n').flatMap(createdIn)),
    append: (entry) => append(file, `${JSON.stringify(entry)}\n`),
  };
}

async function append(file: string, line: string): Promise<void> {
  const handle = await open(file, 'a');
  try {
    await handle.appendFile(line);
    await handle.datasync();
  } finally {
    await handle.close();
  }
}

function createdIn(line: string): string[] {
  try {
    const entry = JSON.parse(line) as JournalEntry;
    return entry.path === '/v1/batches' ? [entry.id] : [];
  } catch {
    return [];
  }
}
