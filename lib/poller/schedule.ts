import 'server-only';
import { lease } from '#lib/batches/hold-claim';

/** Every interval of the clock, in one list. Waits for providers come from BATCHDECK_POLL_SECONDS. */
export const schedule = {
  /** How often the clock looks for due parts when nobody wakes it. */
  tickMs: 500,
  /** How many parts one process works on at a time. */
  slots: 8,
  ...lease,
  drainMs: 25_000,
  /** How often a process offers to sweep, and how often one of them all does. */
  sweepOfferMs: 60_000,
  sweepMs: 15 * 60_000,
  /** A draft of an index that nobody has written to for so long belongs to nobody. */
  draftMs: 60 * 60_000,
};
