import 'server-only';
import { asText } from '#lib/model/unknown';
import type { ListPage } from './list-pages.ts';
import type { Candidate, Lost, ProviderReport } from './provider.ts';

/** A batch of the list, with the pairs it carries and how many requests it has; null or 0 where that is not said. */
export type Listed = {
  report: ProviderReport;
  metadata: Record<string, unknown> | null;
  requests: number | null;
};

/** Clocks were compared, so this is for rounding and slow uploads. */
const earlyMs = 60_000;
const lateMs = 30 * 60_000;
/** Lists run from the newest down: behind this nothing of ours can come. */
const longAgoMs = 25 * 3_600_000;

/** What of the list may be the lost batch: those that bear our mark, else those that only fit in time and size. */
export async function findLost(
  pages: AsyncIterable<ListPage>,
  read: (item: unknown) => Listed | null,
  lost: Lost,
): Promise<Candidate[]> {
  const found: Candidate[] = [];
  for await (const { items, aheadMs } of pages) {
    const listed = items.flatMap((item) => read(item) ?? []);
    found.push(...listed.flatMap((one) => candidate(one, lost, aheadMs) ?? []));
    if (listed.length > 0 && listed.every(({ report }) => isLongPast(report, lost, aheadMs))) break;
  }
  const sure = found.filter((one) => one.sure);
  return sure.length > 0 ? sure : found;
}

function candidate(listed: Listed, lost: Lost, aheadMs: number): Candidate | null {
  const { report, metadata } = listed;
  const nonce = asText(metadata?.batchdeck_intent);
  const { providerBatchId, inputFileId } = report;
  if (providerBatchId === null) return null;
  const named = { ...report, providerBatchId };
  if (nonce === lost.nonce) return { report: named, sure: true };
  if (lost.inputFileId !== null && inputFileId === lost.inputFileId) return { report: named, sure: true };
  const another = nonce !== null || (lost.inputFileId !== null && inputFileId !== null);
  if (another || !fits(listed, lost, aheadMs)) return null;
  return { report: named, sure: false };
}

function fits({ report, requests }: Listed, lost: Lost, aheadMs: number): boolean {
  const { createdAt } = report;
  if (createdAt === null || (requests && requests !== lost.requests)) return false;
  const after = createdAt - aheadMs - lost.sentAt;
  return after >= -earlyMs && after <= lateMs;
}

function isLongPast({ createdAt }: ProviderReport, lost: Lost, aheadMs: number): boolean {
  return createdAt !== null && createdAt - aheadMs < lost.sentAt - longAgoMs;
}
