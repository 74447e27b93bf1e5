import { type ChildProcess, execFile, spawn } from 'node:child_process';
import path from 'node:path';
import { promisify } from 'node:util';

export const root = path.resolve(import.meta.dirname, '../../..');
const here = (file: string) => path.join(import.meta.dirname, file);
const own = { NODE_OPTIONS: '', NODE_ENV: 'production' } as const;

/** A measured process of its own, from the line that says where it listens until it is stopped. */
export type Child = { pid: number; url: string; stop: () => Promise<void> };

export async function startChild(
  args: string[],
  { env = {}, cwd = root }: { env?: Record<string, string>; cwd?: string } = {},
): Promise<Child> {
  const child = spawn(process.execPath, args, {
    cwd,
    env: { ...process.env, ...own, ...env },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const url = await saidBy(child, /(http:\/\/127\.0\.0\.1:\d+)/);
  return {
    pid: child.pid ?? 0,
    url,
    async stop() {
      const end = new Promise((resolve) => child.once('exit', resolve));
      if (child.exitCode === null && child.signalCode === null && child.kill('SIGKILL')) await end;
    },
  };
}

export function startOwn(file: string, ...args: string[]): Promise<Child> {
  return startChild(['--conditions=react-server', here(file), ...args]);
}

/** Runs one of our programs to its end and reads the number it prints. */
export async function measure(file: string, ...args: string[]): Promise<number> {
  const given = ['--conditions=react-server', here(file), ...args];
  const { stdout } = await promisify(execFile)(process.execPath, given, {
    cwd: root,
    env: { ...process.env, ...own },
  });
  return Number(stdout);
}

function saidBy(child: ChildProcess, words: RegExp): Promise<string> {
  return new Promise((resolve, reject) => {
    let said = '';
    child.stdout?.setEncoding('utf8').on('data', (text: string) => {
      said += text;
      const found = words.exec(said)?.[1];
      if (found) resolve(found);
    });
    child.once('exit', () => reject(new Error(`It did not start: ${said}`)));
  });
}
