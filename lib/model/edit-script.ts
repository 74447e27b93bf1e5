/** How long each stretch is: so many taken as they are, then so many only in the first, then so many only in the second. */
export type Edit = { same: number; gone: number; come: number };

/**
 * The fewest insertions and deletions that make one list of numbers the other, by Myers' greedy way: time and memory
 * follow the number of edits. Null where more than `most` would be needed.
 */
export function editScript(first: Int32Array, second: Int32Array, most: number): Edit[] | null {
  const start = commonStart(first, second);
  const end = commonEnd(first, second, start);
  const one = first.subarray(start, first.length - end);
  const other = second.subarray(start, second.length - end);
  const trace = furthest(one, other, most);
  if (trace === null) return null;
  return joined(start, walkBack(one, other, trace), end);
}

function commonStart(first: Int32Array, second: Int32Array): number {
  let n = 0;
  while (n < first.length && n < second.length && first[n] === second[n]) n++;
  return n;
}

function commonEnd(first: Int32Array, second: Int32Array, start: number): number {
  const most = Math.min(first.length, second.length) - start;
  let n = 0;
  while (n < most && first[first.length - 1 - n] === second[second.length - 1 - n]) n++;
  return n;
}

/** By number of edits and by diagonal how far one gets; diagonals of one parity only, from -edits to edits. */
type Trace = Int32Array[];

function furthest(first: Int32Array, second: Int32Array, most: number): Trace | null {
  const trace: Trace = [];
  for (let edits = 0; edits <= most; edits++) {
    const before = trace[edits - 1];
    const reach = new Int32Array(edits + 1);
    trace.push(reach);
    for (let n = 0; n <= edits; n++) {
      const diagonal = 2 * n - edits;
      let x = before ? stepTo(before, n, edits) : 0;
      while (x < first.length && x - diagonal < second.length && first[x] === second[x - diagonal]) x++;
      reach[n] = x;
      if (x >= first.length && x - diagonal >= second.length) return trace;
    }
  }
  return null;
}

/** How far one gets on a diagonal with one edit more. */
function stepTo(before: Int32Array, n: number, edits: number): number {
  return inserts(before, n, edits) ? (before[n] ?? 0) : (before[n - 1] ?? 0) + 1;
}

/** By an insertion from the diagonal above, or else by a deletion from the one below. */
function inserts(before: Int32Array, n: number, edits: number): boolean {
  return n === 0 || (n < edits && (before[n] ?? 0) > (before[n - 1] ?? 0));
}

/** The single steps from the end to the start, turned round. */
function walkBack(first: Int32Array, second: Int32Array, trace: Trace): Edit[] {
  const steps: Edit[] = [];
  let [x, diagonal] = [first.length, first.length - second.length];
  for (let edits = trace.length - 1; edits > 0; edits--) {
    const n = (diagonal + edits) / 2;
    const before = trace[edits - 1] ?? new Int32Array();
    const from = stepTo(before, n, edits);
    const isNew = inserts(before, n, edits);
    steps.push({ same: x - from, gone: 0, come: 0 });
    steps.push({ same: 0, gone: isNew ? 0 : 1, come: isNew ? 1 : 0 });
    x = isNew ? from : from - 1;
    diagonal += isNew ? 1 : -1;
  }
  steps.push({ same: x, gone: 0, come: 0 });
  return steps.reverse();
}

function joined(start: number, steps: Edit[], end: number): Edit[] {
  const edits: Edit[] = [];
  let last: Edit = { same: start, gone: 0, come: 0 };
  for (const step of [...steps, { same: end, gone: 0, come: 0 }]) {
    if (step.same > 0 && (last.gone > 0 || last.come > 0)) {
      edits.push(last);
      last = { same: 0, gone: 0, come: 0 };
    }
    last = { same: last.same + step.same, gone: last.gone + step.gone, come: last.come + step.come };
  }
  return [...edits, last];
}
