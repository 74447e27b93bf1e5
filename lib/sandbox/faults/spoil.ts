import 'server-only';
import { setTimeout as wait } from 'node:timers/promises';
import { asObject } from '#lib/model/unknown';
import { type Answer, Dropped, Refused } from '#lib/sandbox/answer';
import type { Faults } from './fault-desk.ts';
import { spoilLines } from './spoil-lines.ts';

/** The status in place of the answer's own, 0 where no answer comes, or null where the answer goes its way. */
export function statusInstead({ hangMs, drop, status }: Faults): number | null {
  return hangMs !== undefined || drop ? 0 : (status ?? null);
}

/** What takes the place of the answer, or null where the answer goes its way. */
export async function insteadOf(
  faults: Faults,
  signal: AbortSignal | undefined,
): Promise<Answer | Refused | null> {
  if (faults.hangMs !== undefined) await pause(faults.hangMs, signal);
  const status = statusInstead(faults);
  if (status === null) return null;
  if (status === 0) throw new Dropped();
  const headers = retryAfter(faults.retryAfter);
  if (faults.body !== undefined) return { status, headers, text: faults.body };
  return new Refused(`The sandbox was told to answer ${status}.`, { status, headers });
}

function retryAfter(value: Faults['retryAfter']): Record<string, string> {
  if (value === undefined) return {};
  const seconds = value === 'date' ? new Date(Date.now() + 3_000).toUTCString() : String(value);
  return { 'retry-after': seconds };
}

/** An answer that goes its way, but not as it was meant. */
export function spoil(answer: Answer, faults: Faults): Answer {
  if ('lines' in answer) return { ...answer, lines: spoilLines(answer.lines, faults) };
  if (!('json' in answer)) return answer;
  return { ...answer, json: spoilObject(answer.json, faults) };
}

function spoilObject(object: object, { word, counts }: Faults): object {
  const spoilt: Record<string, unknown> = { ...object };
  for (const name of ['status', 'processing_status']) {
    if (word !== undefined && name in spoilt) spoilt[name] = word;
  }
  const given = asObject(spoilt.request_counts);
  if (counts && given) spoilt.request_counts = counts === 'none' ? null : wrong(given, counts);
  return spoilt;
}

function wrong(counts: Record<string, unknown>, how: 'zero' | 'text' | 'over') {
  const change = (value: unknown) => {
    if (how === 'zero') return 0;
    return how === 'text' ? String(value) : Number(value) * 3 + 7;
  };
  return Object.fromEntries(
    Object.entries(counts).map(([name, value]) => [
      name,
      how === 'over' && name === 'total' ? value : change(value),
    ]),
  );
}

export async function pause(ms: number, signal: AbortSignal | undefined): Promise<void> {
  await wait(ms, undefined, { signal }).catch(() => {
    throw new Dropped();
  });
}
