import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { acceptedCreates, expect, test } from './fixtures.ts';
import { field, fillRequest, openNewBatch } from './screen.ts';
import { token } from './server.ts';

const hasRequests = spawnSync('python3', ['-c', 'import requests']).status === 0;

for (const language of ['curl', 'Python', 'TypeScript']) {
  test(`what is copied as ${language} makes the batch in the sandbox`, async ({
    page,
    context,
    signIn,
    server,
  }) => {
    test.skip(language === 'Python' && !hasRequests, 'python3 has no requests package here');
    await context.grantPermissions(['clipboard-read', 'clipboard-write']);
    await signIn(page);
    await openNewBatch(page, 'Form', `As ${language}`);
    await fillRequest(page, 0, `it's-${language}`, 'Ask "me" about `$HOME`');
    await page.getByRole('button', { name: 'Add request' }).click();
    await field(page, 'Message').fill('Zwei\nZeilen, 日本 and \\ too');
    await page.getByRole('button', { name: 'Copy as' }).click();
    await page.getByRole('menuitem', { name: `The whole batch, 2 as ${language}` }).click();
    await expect(page.getByRole('status').filter({ hasText: /^Copied$/ })).toBeAttached();
    const code = await page.evaluate(() => navigator.clipboard.readText());
    const folder = mkdtempSync(path.join(tmpdir(), 'batchdeck-copied-'));
    const { command, file } = commandFor(language, folder);
    writeFileSync(file, code);
    const ran = spawnSync(command, [file], {
      encoding: 'utf8',
      timeout: 30_000,
      env: { ...process.env, BATCH_API_KEY: token },
    });
    rmSync(folder, { recursive: true });
    expect(ran.status, ran.stderr).toBe(0);
    const made = acceptedCreates(server).filter(({ id }) => id !== null && ran.stdout.includes(id));
    expect(made).toMatchObject([{ requests: 2 }]);
  });
}

function commandFor(language: string, folder: string): { command: string; file: string } {
  const at = (name: string) => path.join(folder, name);
  if (language === 'curl') return { command: 'sh', file: at('send.sh') };
  if (language === 'Python') return { command: 'python3', file: at('send.py') };
  return { command: process.execPath, file: at('send.ts') };
}

/** Chooses from the menu beside a field or a turn. */
