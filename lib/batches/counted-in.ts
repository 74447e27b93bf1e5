import 'server-only';
import type { ProviderReport } from '#lib/providers/provider';

/** How many answers the provider says there are. */
export function countedIn(report: ProviderReport | null): number {
  const { succeeded, failed, cancelled, expired } = report?.counts ?? {};
  return (succeeded ?? 0) + (failed ?? 0) + (cancelled ?? 0) + (expired ?? 0);
}
