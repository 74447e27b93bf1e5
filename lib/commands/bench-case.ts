/** Both sides answer with what they took, in the unit that is told. */
export type BenchCase = {
  name: string;
  floorName: string;
  unit: 'ms' | 'MB';
  bar: number | null;
  ours: () => Promise<number>;
  floor: () => Promise<number>;
};

export async function timed(work: () => unknown, times = 1): Promise<number> {
  const began = performance.now();
  for (let n = 0; n < times; n++) await work();
  return (performance.now() - began) / times;
}
