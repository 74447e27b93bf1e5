import 'server-only';
import path from 'node:path';
import type { Clock } from '#lib/clock';
import type { Log } from '#lib/log';
import { syncFolder } from './disk.ts';
import { creationEntry } from './entry.ts';
import { openFaultDesk } from './faults/fault-desk.ts';
import { openHistory } from './history.ts';
import { openHouse } from './house.ts';
import { openJournal } from './journal.ts';
import { examine } from './openai/examine.ts';
import type { Sandbox } from './sandbox.ts';
import { serve } from './serve.ts';

type Opened = { dir: string; clock: Clock; log: Log };

export async function openSandbox({ dir, clock, log }: Opened): Promise<Sandbox> {
  const house = await openHouse(dir, clock, log);
  const { journal, created, counted } = await openJournal(path.join(dir, 'journal.jsonl'));
  // What is kept below is only as durable as the names above it.
  for (const folder of [dir, path.dirname(dir)]) await syncFolder(folder);
  const desk = openFaultDesk(counted);
  const history = openHistory(house, journal);
  for (const found of house.shelf.all()) {
    if (!created.has(found.batch.id)) await journal.append(creationEntry(found));
    if (!found.verdict) void examine(house, found, Number.POSITIVE_INFINITY);
  }
  void history.forget();
  return { fetch: (request) => serve({ house, journal, desk, history }, request) };
}
