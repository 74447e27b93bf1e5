import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { promisify } from 'node:util';
import { withBroken } from '#lib/commands/broken';
import type { Broken } from './promises.ts';

type Report = { numFailedTests: number; numPassedTests: number };

/** Null where the test fails in the product in which its promise is broken, as it must; else why it is no proof. */
export async function whyNotFoundOut({ edits, test, engine = 'sqlite' }: Broken): Promise<string | null> {
  return withBroken(edits, async (tree) => {
    const report = path.join(tree, 'report.json');
    const [file, title] = test;
    const only = title.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&');
    const asked = ['--project', engine, '--reporter=json', `--outputFile=${report}`, '-t', only, file];
    const said = await promisify(execFile)(
      process.execPath,
      ['node_modules/vitest/vitest.mjs', 'run', ...asked],
      { cwd: tree, env: { ...process.env, NODE_ENV: 'test' } },
    ).catch((error: { stderr?: string }) => error);
    const { numFailedTests, numPassedTests } = readReport(report);
    if (numFailedTests > 0) return null;
    return numPassedTests > 0 ? 'the test passes' : `the test does not run: ${said.stderr?.slice(-500)}`;
  });
}

function readReport(file: string): Report {
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as Report;
  } catch {
    return { numFailedTests: 0, numPassedTests: 0 };
  }
}
