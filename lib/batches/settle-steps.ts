import 'server-only';
import type { Context } from '#lib/context';
import type { ProviderReport } from '#lib/providers/provider';
import type { PartJob, Step } from './part-job.ts';
import { nextWait } from './waits.ts';

type Accepted = ProviderReport & { providerBatchId: string };

/** The provider has it: the intent is bound to the provider's id for good. */
export function bound(ctx: Context, intentId: string, report: Accepted): Step {
  const now = ctx.clock();
  const wait = nextWait(ctx, 0);
  return {
    part: {
      phase: report.state === 'running' ? 'running' : 'pending',
      provider_batch_id: report.providerBatchId,
      raw_status: report.rawStatus,
      raw_answer: report.raw,
      attention: null,
      failures: 0,
      wait_ms: wait,
      checked_at: now,
    },
    batch: { submitted_at: now, checked_at: now, expires_at: report.expiresAt },
    intent: { id: intentId, change: { state: 'bound', settled_at: now } },
    event: { verb: 'batch.accepted', data: { providerBatchId: report.providerBatchId } },
    inMs: wait,
  };
}

/** A new key is tried at once; the old one only now and then, in case the provider has changed its mind. */
const rejectedMs = 15 * 60_000;

/** Nothing was accepted and nothing will be until somebody replaces the key. */
export function pauseForCredential(job: PartJob, message: string): Step {
  const first = job.part.attention !== 'credential_rejected';
  return {
    part: {
      phase: job.part.provider_batch_id === null ? 'queued' : job.part.phase,
      attention: 'credential_rejected',
      raw_answer: message,
    },
    ...(first ? { event: { verb: 'batch.credential_rejected', data: { message } } } : {}),
    inMs: rejectedMs,
  };
}
