import 'server-only';

/** Every interval of the clock, in one list. Waits for providers come from BATCHDECK_POLL_SECONDS. */
export const schedule = {
  /** How often the clock looks for due parts when nobody wakes it. */
  tickMs: 500,
  /** How many parts one process works on at a time. */
  slots: 8,
  leaseMs: 30_000,
  renewMs: 10_000,
  drainMs: 25_000,
};
