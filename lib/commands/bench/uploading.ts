import { createReadStream, statSync } from 'node:fs';
import { request } from 'node:http';
import path from 'node:path';
import { pipeline } from 'node:stream/promises';
import { startApp } from './app.ts';
import { type Bench, type Case, timed } from './case.ts';
import { startOwn } from './child.ts';
import { writeRequests } from './lines.ts';
import { forgetPeak, peakMb, residentMb } from './system.ts';

const megabyte = 1e6;

/** From the first byte to the answer “kept and judged”, and what it costs in memory. */
export async function uploading({ home, closing }: Bench): Promise<Case[]> {
  const file = await writeRequests(path.join(home, 'upload.jsonl'), 50_000, 4_000);
  const app = await startApp(home);
  const sink = await startOwn('bare-server.ts', path.join(home, 'sink'));
  for (const child of [app, sink]) closing(child.stop);
  const sent = statSync(file).size / megabyte;
  const upload = async (pid: number, url: string, headers: Record<string, string>) => {
    const base = residentMb(pid);
    forgetPeak(pid);
    const took = await timed(() => send(file, url, headers));
    return [took, peakMb(pid) - base];
  };
  return [
    {
      rows: [
        { name: `upload ${Math.round(sent)} MB`, unit: 'ms', floorName: 'bare sink', bar: 1.3 },
        { name: '  its memory', unit: 'MB', floorName: 'bare sink', bar: null, limit: 0.4 * sent },
      ],
      ours: () => upload(app.pid, `${app.url}/api/files?name=upload.jsonl`, app.headers),
      floor: () => upload(sink.pid, sink.url, {}),
    },
  ];
}

async function send(file: string, url: string, headers: Record<string, string>): Promise<void> {
  const length = statSync(file).size;
  const sending = request(url, { method: 'POST', headers: { 'content-length': length, ...headers } });
  const answer = new Promise<number>((resolve, reject) => {
    sending.once('error', reject);
    sending.once('response', (response) => {
      response.resume().once('end', () => resolve(response.statusCode ?? 0));
    });
  });
  await pipeline(createReadStream(file, { highWaterMark: 1 << 18 }), sending);
  const status = await answer;
  if (status >= 300) throw new Error(`The upload ended with ${status}.`);
}
