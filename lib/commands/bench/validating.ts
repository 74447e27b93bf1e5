import path from 'node:path';
import type { Bench, Case } from './case.ts';
import { measure } from './child.ts';
import { writeRequests } from './lines.ts';

export async function validating({ home }: Bench): Promise<Case[]> {
  const long = await writeRequests(path.join(home, 'long.jsonl'), 10_000, 4_000);
  const short = await writeRequests(path.join(home, 'short.jsonl'), 100_000, 430);
  const against = (name: string, file: string, bar: number): Case => ({
    rows: [{ name, unit: 'ms', floorName: 'newline scan', bar }],
    ours: async () => [await measure('over-bytes.ts', 'validate', file)],
    floor: async () => [await measure('over-bytes.ts', 'scan', file)],
  });
  return [against('validate lines of 4 kB', long, 6), against('validate lines of 430 B', short, 11)];
}
