import 'server-only';
import { lease } from '#lib/batches/hold-claim';

/** Every interval of the clock, in one list. Waits for providers come from BATCHDECK_POLL_SECONDS. */
export const schedule = {
  /** How often the clock looks for due parts when nobody wakes it. */
  tickMs: 500,
  /** How many parts of one connection a process works on at a time: what hangs at one provider holds up nobody else. */
  slots: 8,
  ...lease,
  drainMs: 25_000,
  handBackMs: 1_000,
  /** How often a process offers to do chores, and how often one of them all does each. */
  offerMs: 60_000,
  sweepMs: 15 * 60_000,
  warnMs: 15 * 60_000,
  forgetMs: 6 * 60 * 60_000,
  /** A draft of an index that nobody has written to for so long belongs to nobody. */
  draftMs: 60 * 60_000,
};
