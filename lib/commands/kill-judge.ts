import { readFileSync } from 'node:fs';
import path from 'node:path';
import { systemClock } from '#lib/clock';
import { createLog } from '#lib/log';
import type { JournalEntry } from '#lib/sandbox/journal';
import { openSandbox } from '#lib/sandbox/open-sandbox';
import { type Ack, linesOf } from './kill-lines.ts';

/** Hears the provider's own journal and the bytes on both sides, never our database. */
export async function judge(home: string, data: string): Promise<string[]> {
  const sandboxDir = path.join(data, 'sandbox');
  const creates = linesOf(path.join(sandboxDir, 'journal.jsonl'))
    .map((line) => JSON.parse(line) as JournalEntry)
    .filter((entry) => entry.path === '/v1/batches');
  const acks = linesOf(path.join(home, 'acks.jsonl')).map((line) => JSON.parse(line) as Ack);
  const resends = acks.filter(({ what }) => what === 'resend').length;
  const wrong: string[] = [];
  const nonces = creates.map(({ nonce }) => nonce);
  if (new Set(nonces).size < nonces.length) wrong.push('an intent was accepted twice');
  if (creates.length > 1 + resends)
    wrong.push(`${creates.length} creates were accepted, ${resends} by a person`);
  if (creates.length === 0) wrong.push('what was acknowledged never reached the provider');
  const input = read(path.join(home, 'input.jsonl'));
  if (read(path.join(home, 'input-back.jsonl')) !== input) wrong.push('the input is not what was sent');
  const output = sorted(read(path.join(home, 'output.jsonl')) ?? '');
  const provided = await Promise.all(creates.map(({ id }) => resultsOf(sandboxDir, id)));
  if (!provided.includes(output)) wrong.push('the output is not what the provider wrote');
  return wrong;
}

async function resultsOf(dir: string, id: string): Promise<string> {
  const sandbox = await openSandbox({ dir, clock: systemClock, log: createLog('error', () => {}) });
  const asked = { method: 'GET', path: `/v1/batches/${id}`, headers: new Headers(), body: null };
  return sorted(await (await sandbox.fetch(asked)).text());
}

/** Ours stand in the order of the input, the provider's in none. */
function sorted(text: string): string {
  return text.split('\n').filter(Boolean).sort().join('\n');
}

function read(file: string): string | null {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return null;
  }
}
