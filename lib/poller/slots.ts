import 'server-only';

/** The places of one process: so many for each connection, none of which another connection can take up. */
export function openSlots(each: number) {
  const taken = new Map<string, number>();
  return {
    take(connection: string) {
      taken.set(connection, (taken.get(connection) ?? 0) + 1);
    },
    free(connection: string) {
      const left = (taken.get(connection) ?? 0) - 1;
      if (left > 0) taken.set(connection, left);
      else taken.delete(connection);
    },
    /** Which connections get no more, and how many parts may be taken at once whichever of the others they belong to. */
    room(): { full: string[]; most: number } {
      const busy = [...taken];
      const full = busy.filter(([, count]) => count >= each).map(([connection]) => connection);
      const rest = busy.map(([, count]) => count).filter((count) => count < each);
      return { full, most: each - Math.max(0, ...rest) };
    },
  };
}
