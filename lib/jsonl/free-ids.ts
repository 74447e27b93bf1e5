const maxIdBytes = 256;

/** Gives out ids that nobody has and that the target takes. */
export type FreeIds = {
  /** A free id like the given one: `a-2`, `a-3` … */
  like(id: string): string;
  /** `row-7` for line 7, if need be `row-7-2`. */
  forLine(line: number): string;
  /** The id itself where it is free. */
  itself(id: string): string | null;
};

/** `taken` are all ids of the file, so that none made here meets one that stands further down. */
export function createFreeIds(taken: ReadonlySet<string>, pattern: RegExp | null): FreeIds {
  const given = new Set<string>();
  const nextOf = new Map<string, number>();
  const itself = (id: string): string | null => {
    if (id === '' || taken.has(id) || given.has(id) || !(pattern?.test(id) ?? true)) return null;
    if (new TextEncoder().encode(id).length > maxIdBytes) return null;
    given.add(id);
    return id;
  };
  /** Null where no number makes it fit. */
  const numbered = (base: string): string | null => {
    if (pattern && !pattern.test(`${base}-2`)) return null;
    for (let n = nextOf.get(base) ?? 2; n < 10_000_000; n++) {
      const id = itself(`${base}-${n}`);
      nextOf.set(base, n + 1);
      if (id !== null) return id;
    }
    return null;
  };
  return {
    itself,
    like: (id) => numbered(cut(id, 240)) ?? numbered(cut(id, 50)) ?? numbered('row') ?? id,
    forLine: (line) => itself(`row-${line}`) ?? numbered(`row-${line}`) ?? `row-${line}`,
  };
}

/** The start of a text, in whole characters of at most so many bytes. */
function cut(text: string, bytes: number): string {
  let kept = '';
  let size = 0;
  for (const sign of text) {
    size += new TextEncoder().encode(sign).length;
    if (size > bytes) return kept;
    kept += sign;
  }
  return kept;
}
