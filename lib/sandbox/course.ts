import 'server-only';

/** How a batch runs, in milliseconds after it was found to be in order. */
export type Course = {
  startMs: number;
  finishMs: number;
  endMs: number;
  end: 'completed' | 'expired' | 'failed';
  /** How far it gets by then. */
  percent: number;
  /** Whether it keeps its counts to itself until it is over. */
  quiet: boolean;
};

export function courseOf(durationMs: number, more: Partial<Course> = {}): Course {
  return {
    startMs: Math.min(1_000, durationMs / 10),
    finishMs: durationMs * 0.9,
    endMs: durationMs,
    end: 'completed',
    percent: 100,
    quiet: false,
    ...more,
  };
}

/** A batch of several models takes the time of the slowest and comes to the worst end. */
export function together(a: Course, b: Course): Course {
  const slower = a.endMs >= b.endMs ? a : b;
  const worse = a.percent <= b.percent ? a : b;
  return { ...slower, end: worse.end, percent: worse.percent, quiet: a.quiet || b.quiet };
}
