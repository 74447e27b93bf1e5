import { spawnSync } from 'node:child_process';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, test } from 'vitest';
import { holdDataDir } from './data-dir.ts';

test('a second process is refused in words until the first lets go', () => {
  const dir = mkdtempSync(path.join(tmpdir(), 'batchdeck-'));
  const script = `import { holdDataDir } from './lib/store/data-dir.ts'; holdDataDir(${JSON.stringify(dir)});`;
  const another = () =>
    spawnSync(
      process.execPath,
      ['--conditions=react-server', '--input-type=module-typescript', '-e', script],
      {
        encoding: 'utf8',
      },
    );
  const held = holdDataDir(dir);
  const refused = another();
  expect(refused.status).toBe(1);
  expect(refused.stderr).toContain(`another Batchdeck works with ${dir}`);
  held.release();
  expect(another()).toMatchObject({ status: 0, stderr: '' });
});
