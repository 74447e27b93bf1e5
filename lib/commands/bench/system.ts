import { existsSync, readFileSync, writeFileSync } from 'node:fs';

/** What the system says about a process; where there is no /proc, nothing. */
export function residentMb(pid: number): number {
  return memory(pid, 'VmRSS');
}

/** The most it had since the last call of `forgetPeak`. */
export function peakMb(pid: number): number {
  return memory(pid, 'VmHWM');
}

export function forgetPeak(pid: number): void {
  if (existsSync(`/proc/${pid}/clear_refs`)) writeFileSync(`/proc/${pid}/clear_refs`, '5');
}

/** Time on a processor so far, its own and the system's for it. */
export function cpuMs(pid: number): number {
  if (!existsSync(`/proc/${pid}/stat`)) return Number.NaN;
  const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]?.split(' ') ?? [];
  const ticks = Number(fields[11]) + Number(fields[12]);
  return ticks * 10;
}

function memory(pid: number, name: string): number {
  const file = `/proc/${pid}/status`;
  if (!existsSync(file)) return Number.NaN;
  return Number(new RegExp(`${name}:\\s+(\\d+)`).exec(readFileSync(file, 'utf8'))?.[1]) / 1024;
}
