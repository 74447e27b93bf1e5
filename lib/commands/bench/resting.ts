import { setTimeout as sleep } from 'node:timers/promises';
import { startApp } from './app.ts';
import type { Bench, Case } from './case.ts';
import { startEmptyApp } from './empty-app.ts';
import { residentMb } from './system.ts';

const restMs = 3_000;

/** From nothing to the first page of somebody who is signed in, and what it weighs when nobody asks anything. */
export async function resting({ home }: Bench): Promise<Case[]> {
  const first = await startApp(home);
  const cookie = await first.signIn();
  await first.stop();
  const firstPage = async (
    start: () => Promise<{ pid: number; url: string; stop: () => Promise<void> }>,
    path: string,
  ) => {
    const began = performance.now();
    const child = await start();
    const page = await fetch(child.url + path, { headers: { cookie }, redirect: 'manual' });
    await page.arrayBuffer();
    const took = performance.now() - began;
    if (page.status !== 200) throw new Error(`The first page answered ${page.status}.`);
    await sleep(restMs);
    const weight = residentMb(child.pid);
    await child.stop();
    return [took, weight];
  };
  return [
    {
      rows: [
        { name: 'cold start to the first page', unit: 'ms', floorName: 'empty app', bar: null, limit: 2_000 },
        { name: 'memory at rest', unit: 'MB', floorName: 'empty app', bar: null, limit: 250 },
      ],
      ours: () => firstPage(() => startApp(home, { home: first.home }), '/batches'),
      floor: () => firstPage(startEmptyApp, '/'),
    },
  ];
}
