import { mkdirSync, mkdtempSync, readdirSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, test } from 'vitest';
import { clearDrafts, draftFolder } from './drafts.ts';

test('drafts that nobody writes to any more are cleared, one that is being written stays', async () => {
  const data = mkdtempSync(path.join(tmpdir(), 'batchdeck-'));
  await clearDrafts(data, Date.now());
  mkdirSync(draftFolder(data));
  for (const name of ['left.sqlite', 'left.sqlite-journal', 'written.sqlite'])
    writeFileSync(path.join(draftFolder(data), name), 'half an index');
  const then = new Date(Date.now() - 3_600_000);
  for (const name of ['left.sqlite', 'left.sqlite-journal'])
    utimesSync(path.join(draftFolder(data), name), then, then);
  await clearDrafts(data, Date.now() - 1_800_000);
  expect(readdirSync(draftFolder(data))).toEqual(['written.sqlite']);
});
