import { spawn } from 'node:child_process';
import { root } from './checkout.mjs';

/** Runs a program to its end. With `quiet` nothing is shown and the caller decides about the output. */
export function run(command, args, { env = {}, quiet = false } = {}) {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, {
      cwd: root,
      env: { ...process.env, NEXT_TELEMETRY_DISABLED: '1', ...env },
      stdio: ['ignore', quiet ? 'pipe' : 'inherit', quiet ? 'pipe' : 'inherit'],
    });
    let output = '';
    for (const stream of [child.stdout, child.stderr]) {
      stream?.setEncoding('utf8').on('data', (text) => {
        output += text;
      });
    }
    const stop = forwardSignals(child);
    child.on('error', reject);
    child.on('close', (code, signal) => {
      stop();
      resolve({ ok: code === 0, code: code ?? signalCode(signal), output });
    });
  });
}

/** A terminal already sends Ctrl-C to the whole group: passing it on would make it two. */
export function forwardSignals(child) {
  const signals = process.stdin.isTTY ? ['SIGTERM', 'SIGHUP'] : ['SIGTERM', 'SIGHUP', 'SIGINT'];
  const pass = (signal) => child.kill(signal);
  const hold = () => {};
  if (process.stdin.isTTY) process.on('SIGINT', hold);
  for (const signal of signals) process.on(signal, pass);
  return () => {
    process.off('SIGINT', hold);
    for (const signal of signals) process.off(signal, pass);
  };
}

export function signalCode(signal) {
  return { SIGHUP: 129, SIGINT: 130, SIGKILL: 137, SIGTERM: 143 }[signal] ?? 1;
}
