import 'server-only';

const digit = 2 ** 16;

/** The places 1, 2, 3 … of the keys in the order of their keys; equal ones as they stood. Keys are whole and not negative. */
export function ascending(keys: ArrayLike<number>): Uint32Array {
  const count = keys.length - 1;
  let sorted = Uint32Array.from({ length: count }, (_, n) => n + 1);
  let room = new Uint32Array(count);
  let largest = 0;
  for (let place = 1; place <= count; place++) largest = Math.max(largest, keys[place] ?? 0);
  for (let unit = 1; unit <= largest; unit *= digit) {
    const digitOf = (place: number) => Math.floor((keys[place] ?? 0) / unit) % digit;
    const starts = new Uint32Array(digit + 1);
    for (const place of sorted) starts[digitOf(place) + 1] = (starts[digitOf(place) + 1] ?? 0) + 1;
    for (let n = 1; n <= digit; n++) starts[n] = (starts[n] ?? 0) + (starts[n - 1] ?? 0);
    for (const place of sorted) {
      const to = digitOf(place);
      room[starts[to] ?? 0] = place;
      starts[to] = (starts[to] ?? 0) + 1;
    }
    [sorted, room] = [room, sorted];
  }
  return sorted;
}
