/** Four buckets an octave: bucket 4 holds 4, bucket 7 holds 7, then 8–9, 10–11, 12–13, 14–15, 16–19 and so on. */
export function bucketOf(count: number): number {
  if (count < 4) return Math.max(0, count);
  const shift = 29 - Math.clz32(Math.min(count, 2 ** 31));
  return 4 * (shift + 1) + ((Math.min(count, 2 ** 31) >>> shift) & 3);
}

/** The smallest count a bucket holds. */
export function bucketStart(bucket: number): number {
  if (bucket < 4) return bucket;
  const shift = Math.floor(bucket / 4) - 1;
  return (4 + (bucket % 4)) * 2 ** shift;
}
