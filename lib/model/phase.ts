/** Our word for where a batch, an attempt or a part stands. Providers' words stop at their adapter. */
export const phases = [
  'queued',
  'submitting',
  'pending',
  'running',
  'finishing',
  'collecting',
  'cancelling',
  'completed',
  'failed',
  'expired',
  'cancelled',
] as const;
export type Phase = (typeof phases)[number];

export const overPhases = ['completed', 'failed', 'expired', 'cancelled'] as const satisfies Phase[];
export type OverPhase = (typeof overPhases)[number];

export function isOver(phase: Phase): phase is OverPhase {
  return (overPhases as readonly Phase[]).includes(phase);
}

/** How an attempt ends when its parts have ended: `completed` if any ended by itself, else the first that applies. */
export function endOf(parts: readonly OverPhase[]): OverPhase {
  for (const end of ['completed', 'cancelled', 'expired'] as const) if (parts.includes(end)) return end;
  return 'failed';
}

/** Where a batch stands as the sum of its parts. */
export function phaseOf(parts: readonly Phase[]): Phase {
  const going = parts.filter((phase) => !isOver(phase));
  if (going.length === 0) return endOf(parts as OverPhase[]);
  if (going.length < parts.length || new Set(going).size > 1) {
    if (going.includes('cancelling')) return 'cancelling';
    if (going.every((phase) => phase === 'collecting')) return 'collecting';
    return (['submitting', 'pending'] as const).find((limit) => noneBeyond(limit, parts)) ?? 'running';
  }
  return going[0] ?? 'queued';
}

const early: Phase[] = ['queued', 'submitting', 'pending'];
function noneBeyond(limit: Phase, parts: readonly Phase[]): boolean {
  return parts.every((phase) => early.includes(phase) && early.indexOf(phase) <= early.indexOf(limit));
}

/** How far a part has come at the provider; it never moves back. */
const order: Phase[] = ['pending', 'running', 'finishing', 'cancelling'];
export function forward(from: Phase, to: Phase): Phase {
  return order.indexOf(to) > order.indexOf(from) ? to : from;
}

/** Why a person is needed; null while Batchdeck can settle alone. */
export const attentions = [
  'unreachable',
  'gone_upstream',
  'needs_decision',
  'credential_rejected',
  'stalled',
  'held',
] as const;
export type Attention = (typeof attentions)[number];

/** What is over; and what was set aside while its results were read, for nothing runs at the provider then. */
export function isDeletable({ phase, attention }: { phase: Phase; attention: Attention | null }): boolean {
  return isOver(phase) || (phase === 'collecting' && attention === 'stalled');
}
