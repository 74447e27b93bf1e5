import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync } from 'node:fs';
import type { Batch } from '#lib/model/batch';
import { expect, test } from './fixtures.ts';

const run =
  "import { showDemo } from './lib/commands/demo-show.mjs'; process.exitCode = await showDemo(process.execPath);";

test('the demo tells a batch step by step, leaves one in every state, and takes all with it', async () => {
  test.setTimeout(150_000);
  const temp = test.info().outputPath('temp');
  mkdirSync(temp);
  const child = spawn(process.execPath, ['--input-type=module', '-e', run], {
    env: { ...process.env, NODE_OPTIONS: '', PORT: '0', TMPDIR: temp },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let said = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (text: string) => {
      said += text;
    });
  }
  const exit = new Promise((resolve) => child.once('exit', (code, signal) => resolve(code ?? signal)));
  try {
    await expect.poll(() => said, { timeout: 120_000 }).toContain('All of it is gone');
    expect(said).toMatch(/pending {2}.*0\/3[\s\S]*completed {2}.*3\/3/);
    expect(said).toMatch(/my-request-01 {3}succeeded\n {4}You wrote:\n {4}> How to learn nestjs\?/);
    for (const id of ['my-request-02', 'my-request-03']) expect(said).toContain(`${id}   succeeded`);
    const words = [...said.matchAll(/^ {2}(\w+) +\S.*\/batches\/bat_/gm)].map(([, word]) => word);
    expect(words).toEqual(
      expect.arrayContaining(
        'pending running finishing cancelling completed failed expired cancelled needs_decision unreachable credential_rejected'.split(
          ' ',
        ),
      ),
    );
    const link = /Share link: (\S+)/.exec(said)?.[1] ?? '';
    const shared = (await (await fetch(`${link}/batch`)).json()) as Batch;
    expect(shared).toMatchObject({ phase: 'completed', counts: { succeeded: 3 } });
  } finally {
    child.kill('SIGTERM');
  }
  expect(await exit).toBe(0);
  expect(existsSync(temp) && readdirSync(temp).filter((name) => name.startsWith('batchdeck-demo-'))).toEqual(
    [],
  );
});
