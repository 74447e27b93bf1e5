import 'server-only';
import type { House } from './house.ts';
import type { Journal } from './journal.ts';
import { standingAt } from './standing.ts';

const dayMs = 86_400_000;
const kept = { ms: 30 * dayMs, batches: 5_000 };
const everyMs = 3_600_000;

export type History = {
  /** Frees what is old, at most once an hour and quietly; a batch that still runs stays. */
  forget(): Promise<void>;
};

export function openHistory(house: House, journal: Journal): History {
  let next = Number.NEGATIVE_INFINITY;
  return {
    async forget() {
      const now = house.clock();
      if (now < next) return;
      next = now + everyMs;
      try {
        await forgetBatches(house, now);
        await forgetFiles(house, now);
        await journal.trim(now, kept.ms);
      } catch (error) {
        house.log.warn('The sandbox could not free what is old', { error });
      }
    },
  };
}

async function forgetBatches({ shelf }: House, now: number): Promise<void> {
  for (const [n, found] of shelf.all().entries()) {
    const isOld = n >= kept.batches || found.batch.createdAt < now - kept.ms;
    if (isOld && standingAt(found, now).over) await shelf.remove(found);
  }
}

async function forgetFiles({ files }: House, now: number): Promise<void> {
  for (const found of files.all()) {
    const { createdAt, expiresAt } = found.file;
    if (createdAt < now - kept.ms || (expiresAt !== null && expiresAt <= now)) await files.remove(found);
  }
}
