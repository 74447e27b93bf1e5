import 'server-only';
import { randomBytes } from 'node:crypto';
import {
  closeSync,
  existsSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeSync,
} from 'node:fs';
import path from 'node:path';
import type { Log } from '#lib/log';

export function keyFileIn(dataDir: string): string {
  return path.resolve(dataDir, 'keys');
}

export function readKeyFile(file: string, log: Log): string | null {
  if (!existsSync(file)) return null;
  if ((statSync(file).mode & 0o077) !== 0) {
    log.warn('The master key file can be read by others on this machine. Run chmod 600 on it.', { file });
  }
  return readFileSync(file, 'utf8');
}

/** Whole and durable before anything is sealed under it: a sealed row must never outlive its key. */
export function writeKeyFile(file: string, id: string): string {
  const dir = path.dirname(file);
  mkdirSync(dir, { recursive: true, mode: 0o700 });
  const text = `${id}:${randomBytes(32).toString('base64')}\n`;
  const draft = `${file}.draft`;
  rmSync(draft, { force: true });
  const handle = openSync(draft, 'wx', 0o600);
  try {
    writeSync(handle, text);
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
  renameSync(draft, file);
  syncFolder(dir);
  return text;
}

function syncFolder(dir: string): void {
  if (process.platform === 'win32') return;
  const handle = openSync(dir, 'r');
  try {
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
}
