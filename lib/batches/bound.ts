import 'server-only';
import type { Context } from '#lib/context';
import type { Capabilities } from '#lib/model/capabilities';
import { keptUntil } from '#lib/model/patience';
import type { ProviderReport } from '#lib/providers/provider';
import type { Step } from './part-job.ts';
import { nextWait } from './waits.ts';

type Accepted = ProviderReport & { providerBatchId: string };

/** The provider has it: the intent is bound to the provider's id for good. */
export function bound(ctx: Context, intentId: string, capabilities: Capabilities, report: Accepted): Step {
  const now = ctx.clock();
  const wait = nextWait(ctx, 0);
  const { providerBatchId } = report;
  return {
    part: {
      phase: report.state === 'running' ? 'running' : 'pending',
      provider_batch_id: providerBatchId,
      raw_status: report.rawStatus,
      raw_answer: report.raw,
      attention: null,
      failures: 0,
      wait_ms: wait,
      checked_at: now,
      moved_at: now,
      expires_at: report.expiresAt,
      results_until: keptUntil(capabilities, { created: report.createdAt ?? now, heard: now }),
    },
    batch: { submitted_at: now, checked_at: now },
    intent: { id: intentId, change: { state: 'bound', settled_at: now, provider_batch_id: providerBatchId } },
    event: { verb: 'batch.accepted', data: { providerBatchId } },
    inMs: wait,
  };
}
