/** One line of the table. */
export type Row = {
  name: string;
  unit: 'ms' | 'MB' | 'kB' | '%' | '';
  /** What stands below it, or nothing where a limit alone counts. */
  floorName: string | null;
  /** The ratio to the floor that must hold; null where it is only told. */
  bar: number | null;
  /** The most it may be whatever the floor is, in its unit. */
  limit?: number;
};

/** Both sides are measured in turn; each answers one figure for every row. */
export type Case = {
  rows: Row[];
  rounds?: number;
  ours: () => Promise<number[]>;
  floor: () => Promise<number[]>;
};

/** What the cases work with; each that was begun is closed at the end. */
export type Bench = {
  home: string;
  rounds: number;
  closing: (close: () => unknown) => void;
};

export async function timed(work: () => unknown): Promise<number> {
  const began = performance.now();
  await work();
  return performance.now() - began;
}
