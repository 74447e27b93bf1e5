import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

/** What a run of the tests leaves behind lies in one folder and goes with it. */
export function setup() {
  const folder = mkdtempSync(path.join(tmpdir(), 'batchdeck-tests-'));
  // Postgres runs as somebody else, who must get through.
  chmodSync(folder, 0o711);
  process.env.TMPDIR = folder;
  return () => rmSync(folder, { recursive: true, force: true, maxRetries: 3 });
}
